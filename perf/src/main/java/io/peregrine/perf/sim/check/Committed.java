package io.peregrine.perf.sim.check;

import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.log.Sequences;
import org.agrona.collections.Long2LongHashMap;

/**
 * What is known of the log of one partition, over all copies and all time: which entry has which sequence, and up to
 * where entries are committed.
 */
final class Committed
{
    private static final long NONE = Long.MIN_VALUE;

    private final Long2LongHashMap checksums = new Long2LongHashMap(NONE);
    private final Long2LongHashMap digests = new Long2LongHashMap(NONE);
    private final int partition;
    private long highest;
    private long begin;

    Committed(final int partition)
    {
        this.partition = partition;
    }

    /**
     * @return sequence of the highest entry that any copy has known to be committed.
     */
    long highest()
    {
        return highest;
    }

    /**
     * What the partition held is lost, and was declared so; some copies may not know it yet.
     *
     * @param epoch under which the partition begins again.
     */
    void lost(final int epoch)
    {
        highest = 0;
        begin = Sequences.of(epoch, 0);
    }

    /**
     * A copy has an entry.
     */
    void entry(final String who, final long sequence, final int checksum)
    {
        final long before = checksums.put(sequence, checksum);
        if (before != NONE && before != checksum)
        {
            throw new Violation(who + " has another entry " + Sequences.toString(sequence) + " of partition " +
                partition + " than another copy");
        }
    }

    /**
     * A copy knows entries to be committed.
     */
    void upTo(final long sequence)
    {
        highest = sequence < begin ? highest : Math.max(highest, sequence);
    }

    /**
     * A copy has applied entries up to one and no other.
     */
    void applied(final String who, final long sequence, final long digest)
    {
        final long before = digests.put(sequence, digest);
        if (before != NONE && before != digest)
        {
            throw new Violation(who + " holds something else at " + Sequences.toString(sequence) + " of partition " +
                partition + " than another copy, or than itself before");
        }
    }
}
