package io.peregrine.storage.partition;

/**
 * The part of a structure that a chunk is about: cursors from begin, inclusive, to end, exclusive, and the sequence
 * that it is of.
 */
final class ChunkRange
{
    long from;
    long to;
    boolean isToEnd;
    long sequence;

    ChunkRange set(final long newFrom, final long newTo, final boolean newToEnd, final long newSequence)
    {
        from = newFrom;
        to = newTo;
        isToEnd = newToEnd;
        sequence = newSequence;
        return this;
    }

    /**
     * The place of a key in the order of a map: its hash, save that all ones count as one less, as in scans, where they
     * are the end.
     */
    static long cursorOf(final long hash)
    {
        return hash == Structure.END ? hash - 1 : hash;
    }

    boolean contains(final long hash)
    {
        final long cursor = cursorOf(hash);
        return Long.compareUnsigned(cursor, from) >= 0 && (isToEnd || Long.compareUnsigned(cursor, to) < 0);
    }
}
