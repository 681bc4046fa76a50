/**
 * The locks, semaphores and latches of a partition and the fences that writes to it have carried: pure rules over the
 * memory of the partition. Data agent's thread. May import {@code storage.codec}, {@code storage.map},
 * {@code storage.memory} and the digest of {@code storage.session}.
 */
package io.peregrine.storage.lock;
