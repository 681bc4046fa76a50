/**
 * Connections between a client and the data agents of a node: handshake, signs of life, reconnecting, and the two
 * directions of messages. What the messages mean is not known here.
 */
package io.peregrine.transport.link;
