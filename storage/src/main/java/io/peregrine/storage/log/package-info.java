/**
 * The log of committed and not yet committed entries in memory: one ring for all partitions of a data agent, and what
 * each partition knows of its own log. Owned by the data agent's thread. Imports the generated codec and Agrona only.
 */
package io.peregrine.storage.log;
