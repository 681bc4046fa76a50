/**
 * How a member gets a copy of a partition that it has none of, or one that has fallen behind: from the primary's log
 * where that reaches back far enough, else by a snapshot and the log from there. Pure; the thread of the data agent
 * whose partition it is.
 */
package io.peregrine.node.partition.learning;
