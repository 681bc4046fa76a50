/**
 * The API over the network: real nodes, real clients.
 */
package io.peregrine.node.remote;
