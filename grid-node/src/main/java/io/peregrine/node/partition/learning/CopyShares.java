package io.peregrine.node.partition.learning;

/**
 * The parts of a data agent's time that may go into snapshots.
 *
 * @param taking those of others.
 * @param giving them to others.
 */
public record CopyShares(CopyShare taking, CopyShare giving)
{
}
