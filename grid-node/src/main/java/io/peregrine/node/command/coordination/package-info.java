/**
 * Commands on locks, semaphores and latches, and on what is made of maps and locks: counters, sequences, ids, elections
 * of a grid that is reached from outside. One thread.
 */
package io.peregrine.node.command.coordination;
