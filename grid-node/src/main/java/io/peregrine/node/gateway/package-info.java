/**
 * What a data agent has for clients of other processes: puts their requests together, hands them on, and sends the
 * answers as fast as each client takes them. Bytes come in and go out by the transport's links. On the data agent's
 * thread.
 */
package io.peregrine.node.gateway;
