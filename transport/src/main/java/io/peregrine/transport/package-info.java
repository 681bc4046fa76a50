/**
 * Bytes between processes, and what a process shows of itself to the outside: nothing of the grid's meaning lives here.
 */
package io.peregrine.transport;
