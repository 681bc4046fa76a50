package io.peregrine.storage.partition;

import io.peregrine.storage.codec.ResultStatus;
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
     * Would this command do what it asks for, on the state as it is? Locates it; changes nothing.
     */
    ResultStatus check(Command command);

    /**
     * Find what a command is about, as {@link #check} does.
     */
    void locate(Command command);

    /**
     * What an ADD would find, where the command was located.
     */
    void readNumber(Command command, NumberState number);

    /**
     * Carry a command out that was found good and is located, and tell what it found and left.
     */
    void apply(Command command, long sequence, long time, ResultWriter results);

    /**
     * Tell of a command that was found not good and is located.
     */
    void tellFailed(Command command, ResultWriter results);

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
     * Write what lies at and after a cursor, as far as the writer takes it.
     *
     * @return the cursor where the next chunk begins, or {@link #END}.
     */
    long writeChunk(long cursor, ChunkBody body);

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
}
