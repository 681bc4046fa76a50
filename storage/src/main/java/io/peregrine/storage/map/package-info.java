/**
 * The off-heap maps of one partition: one writer, the data agent's thread, and readers on any thread without a lock.
 * Imports {@code storage.memory} and Agrona only.
 */
package io.peregrine.storage.map;
