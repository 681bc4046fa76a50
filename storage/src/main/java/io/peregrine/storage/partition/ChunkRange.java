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

    boolean contains(final long cursor)
    {
        return Long.compareUnsigned(cursor, from) >= 0 && (isToEnd || Long.compareUnsigned(cursor, to) < 0);
    }
}
