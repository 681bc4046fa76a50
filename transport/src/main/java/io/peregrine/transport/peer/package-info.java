/**
 * Streams between the data agents of nodes: messages of any length to a data agent of another node, and those that come
 * from there. What they mean is not known here, nor who may send them. Everything is on the data agent's thread.
 */
package io.peregrine.transport.peer;
