/**
 * The contract between the client and whoever carries its requests to data agents: the node it is embedded in, or a
 * connection. Also what both ends of a request have to agree on: the hash of keys, the pieces of long messages.
 * Imports Agrona and {@code client.codec} only.
 */
package io.peregrine.client.port;
