/**
 * Where the copies of partitions belong: weighted rendezvous hashing with bounded load and zones kept apart, as changes
 * to where they are now. Pure and deterministic, as it is part of what the control plane decides.
 */
package io.peregrine.node.control.placement;
