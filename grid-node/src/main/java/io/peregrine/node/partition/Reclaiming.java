package io.peregrine.node.partition;

import org.agrona.collections.IntArrayList;

/**
 * Partitions with memory of cleared and dropped maps to take back, worked off a little at a time. One for all
 * partitions of a data agent.
 */
final class Reclaiming
{
    private final Partition[] partitions;
    private final boolean[] marked;
    private final IntArrayList queue = new IntArrayList();

    Reclaiming(final Partition[] partitions)
    {
        this.partitions = partitions;
        this.marked = new boolean[partitions.length];
    }

    void mark(final int partition)
    {
        if (!marked[partition])
        {
            marked[partition] = true;
            queue.addInt(partition);
        }
    }

    /**
     * @param limit the most records to free.
     * @return records freed; 0 when nothing is left to do.
     */
    int step(final int limit)
    {
        while (!queue.isEmpty())
        {
            final int last = queue.size() - 1;
            final int partition = queue.getInt(last);
            final int freed = partitions[partition].store().maps().reclaim(limit);
            if (freed > 0)
            {
                return freed;
            }

            queue.removeAt(last);
            marked[partition] = false;
        }

        return 0;
    }
}
