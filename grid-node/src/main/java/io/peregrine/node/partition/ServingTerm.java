package io.peregrine.node.partition;

import io.peregrine.storage.map.MapSpace;

/**
 * The time during which a member serves a partition under one epoch. Immutable; readers compare the object before and
 * after a read.
 *
 * @param epoch  of the partition.
 * @param origin what to add to the node's monotonic clock to get partition time.
 * @param maps   to read from.
 * @param lease  that has to hold after a value was read; null where nobody else can ever lead.
 */
public record ServingTerm(int epoch, long origin, MapSpace maps, TermLease lease)
{
}
