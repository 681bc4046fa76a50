/**
 * The ways of one data agent to those of other nodes, as decisions of the control plane name them. On the data agent's
 * thread. Imports what replication asks for and transport's streams; knows nothing of what messages mean.
 */
package io.peregrine.node.peer;
