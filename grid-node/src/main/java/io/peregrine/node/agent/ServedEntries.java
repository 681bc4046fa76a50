package io.peregrine.node.agent;

import io.peregrine.node.partition.ServingTerm;
import io.peregrine.storage.map.MapReader;

/**
 * Counts the entries of one map in the partitions that this node serves. Any thread.
 */
final class ServedEntries
{
    private long entries;
    private int partitions;

    /**
     * @param structureId of the map.
     * @param shards      of the node.
     */
    ServedEntries(final int structureId, final Shard[] shards)
    {
        for (final Shard shard : shards)
        {
            final ServingTerm term = shard.partition().term();
            if (term != null)
            {
                final MapReader reader = term.maps().reader(structureId);
                final long size = reader == null || reader.isDestroyed() ? 0 : reader.size();
                if (shard.partition().term() == term && (term.lease() == null || term.lease().holds()))
                {
                    entries += size;
                    partitions++;
                }
            }
        }
    }

    /**
     * @return how many there are.
     */
    long entries()
    {
        return entries;
    }

    /**
     * @return in so many partitions.
     */
    int partitions()
    {
        return partitions;
    }
}
