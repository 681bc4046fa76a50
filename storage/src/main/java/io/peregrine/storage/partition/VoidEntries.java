package io.peregrine.storage.partition;

import org.agrona.collections.LongArrayList;

/**
 * Sequences of entries that did nothing as a whole, noted while a snapshot is being taken: repeated requests, requests
 * of ended sessions, batches that failed, commands on a structure that was not there. Whoever joins the snapshot with
 * the log cannot tell that from a part of the state.
 */
final class VoidEntries
{
    /**
     * The most that are noted between two chunks; a snapshot that is taken more slowly is given up.
     */
    static final int MAX_ENTRIES = 64 * 1024;

    private final LongArrayList sequences = new LongArrayList();
    private boolean isFull;

    void add(final long sequence)
    {
        if (sequences.size() < MAX_ENTRIES)
        {
            sequences.addLong(sequence);
        }
        else
        {
            isFull = true;
        }
    }

    boolean isFull()
    {
        return isFull;
    }

    int size()
    {
        return sequences.size();
    }

    long get(final int index)
    {
        return sequences.getLong(index);
    }

    void clear()
    {
        sequences.clear();
    }
}
