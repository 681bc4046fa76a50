package io.peregrine.node.partition;

/**
 * A copy of a partition that counts, at one moment. Copies of a partition with the same sequence have the same digest,
 * at whatever moment each was looked at.
 *
 * @param partition its number.
 * @param isLeading whether it is the primary's.
 * @param applied   sequence of the last entry that it holds the effect of.
 * @param digest    of all that it holds.
 */
public record CopyState(int partition, boolean isLeading, long applied, long digest)
{
}
