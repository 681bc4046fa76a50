package io.peregrine.node.partition;

import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.log.Sequences;

/**
 * The entries that the primary of a partition appended of its own accord lately and that may not be applied yet, so
 * that not every request that comes until then appends the same again. Of many the last are remembered: to append an
 * entry twice does no harm. Records are told apart by the hash of their keys: where two share one, the second is found
 * past its end a moment later. Data agent's thread.
 */
final class OwnEntries
{
    /**
     * Stands for the structure itself in the place of a key's hash.
     */
    static final long STRUCTURE = 0;

    private static final int REMEMBERED = 16;

    private final long[] sequences = new long[REMEMBERED];
    private final long[] hashes = new long[REMEMBERED];
    private final int[] structureIds = new int[REMEMBERED];
    private int next;
    private long due = Sequences.NONE;
    private long eviction = Sequences.NONE;

    /**
     * @param sequence    of the entry that is appended now.
     * @param structureId that it is about.
     * @param hash        of the key, or {@link #STRUCTURE}.
     */
    void add(final long sequence, final int structureId, final long hash)
    {
        sequences[next] = sequence;
        structureIds[next] = structureId;
        hashes[next] = hash;
        next = next + 1 == REMEMBERED ? 0 : next + 1;
    }

    /**
     * @return whether such an entry is in the log and not applied.
     */
    boolean isUnderWay(final PartitionLog log, final int structureId, final long hash)
    {
        for (int i = 0; i < REMEMBERED; i++)
        {
            if (sequences[i] > log.applied() && structureIds[i] == structureId && hashes[i] == hash)
            {
                return true;
            }
        }

        return false;
    }

    /**
     * @param sequence of an entry for what is due by itself.
     */
    void addDue(final long sequence)
    {
        due = sequence;
    }

    /**
     * @return whether an entry for what was due by itself is in the log and not applied: until it is, the same would be
     *         found due.
     */
    boolean isDueUnderWay(final PartitionLog log)
    {
        return due > log.applied();
    }

    /**
     * @param sequence of an entry that lets records go for want of memory.
     */
    void addEviction(final long sequence)
    {
        eviction = sequence;
    }

    /**
     * @return whether records are about to go for want of memory: what that wins is not seen yet.
     */
    boolean isEvictionUnderWay(final PartitionLog log)
    {
        return eviction > log.applied();
    }

    /**
     * The lead is given up: what was appended may be cut off.
     */
    void clear()
    {
        for (int i = 0; i < REMEMBERED; i++)
        {
            sequences[i] = Sequences.NONE;
        }
        due = Sequences.NONE;
        eviction = Sequences.NONE;
    }
}
