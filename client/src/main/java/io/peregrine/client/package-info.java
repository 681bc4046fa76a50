/**
 * The public API of the grid and its one implementation, the same for embedded nodes and remote clients.
 */
package io.peregrine.client;
