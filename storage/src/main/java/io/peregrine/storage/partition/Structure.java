package io.peregrine.storage.partition;

import io.peregrine.storage.codec.StructureKind;
import org.agrona.DirectBuffer;

/**
 * One structure of a partition: what entries do to it, and how snapshots carry it. Everything in it has a place in the
 * order of unsigned 64-bit cursors (the hash of a key), which never changes; chunks are ranges of that order.
 */
interface Structure
{
    /**
     * The cursor behind everything.
     */
    long END = -1L;

    int id();

    StructureKind kind();

    int traits();

    /**
     * Remove everything.
     *
     * @return how many there were.
     */
    long clear();

    /**
     * Remove what lies before a cursor.
     */
    void clearBelow(long cursor);

    /**
     * Write what lies at and after a cursor, as far as the target takes it.
     *
     * @return the cursor where the next chunk begins, or {@link #END}.
     */
    long writeChunk(long cursor, ChunkTarget target);

    /**
     * Load the body of a chunk that was found good by the kind's own check.
     *
     * @return false for want of memory: what was loaded stays.
     */
    boolean load(DirectBuffer body, int offset);

    /**
     * A digest of everything in it, independent of order.
     */
    long digest();

    /**
     * Give back what it has besides the memory of the partition.
     */
    void close();
}
