/**
 * The deterministic state of one partition: structures, sessions, partition time; entries change it, snapshots carry
 * it. Owned by the data agent's thread. Imports the other packages of storage and Agrona.
 */
package io.peregrine.storage.partition;
