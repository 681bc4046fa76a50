package io.peregrine.node.control.placement;

/**
 * A node that copies may be placed on.
 *
 * @param member number of the node.
 * @param key    of the node, by which partitions prefer one node to another wherever it stands in the list.
 * @param weight share of the load that it takes, compared with the others; 1 or more.
 * @param zone   that it fails with; nodes of one zone do not stand in for each other while there is another zone.
 */
public record Seat(int member, String key, int weight, String zone)
{
    /**
     * The highest weight.
     */
    public static final int MAX_WEIGHT = 1_000_000;

    /**
     * Checks the weight.
     */
    public Seat
    {
        if (weight < 1 || weight > MAX_WEIGHT)
        {
            throw new IllegalArgumentException("a weight is from 1 to " + MAX_WEIGHT + ": " + weight);
        }
    }
}
