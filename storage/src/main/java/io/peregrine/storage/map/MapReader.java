package io.peregrine.storage.map;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads of one map from any thread, without a lock. One object serves all threads; it has no state of its own.
 */
public final class MapReader
{
    /**
     * There is no such entry.
     */
    public static final int ABSENT = -1;
    /**
     * Only the writer can tell: the record changed under every attempt, or it is past its end and has to be expired
     * first.
     */
    public static final int ASK_WRITER = -2;
    /**
     * The map was destroyed, or its partition was dropped, or the node closed.
     */
    public static final int DESTROYED = -3;

    private static final int TOO_LONG = -16;

    MapReader()
    {
    }

    /**
     * Is this a result that says: the value is there, and longer than the room given?
     *
     * @param result of {@code get}.
     * @return true if so.
     */
    public static boolean isTooLong(final int result)
    {
        return result <= TOO_LONG;
    }

    /**
     * The length of a value that did not fit.
     *
     * @param result of {@code get}, for which {@link #isTooLong(int)} holds.
     * @return bytes.
     */
    public static int requiredLength(final int result)
    {
        return TOO_LONG - result;
    }

    /**
     * Read a value.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes; its bytes are undefined after any other answer than a length.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @param now       partition time, at least as late as any that was answered by before.
     * @return length of the value (0 is a value), or {@link #ABSENT}, {@link #ASK_WRITER}, {@link #DESTROYED}, or too
     *         long.
     */
    public int get(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final long now)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Read a value with version and expiry.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @param now       partition time.
     * @param meta      receives version and expiry when the result is a length or too long.
     * @return as {@link #get(long, DirectBuffer, int, int, MutableDirectBuffer, int, int, long)}.
     */
    public int get(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The length of a value, without the value.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param now       partition time.
     * @param meta      receives version and expiry when the result is a length, or null.
     * @return length, or {@link #ABSENT}, {@link #ASK_WRITER}, {@link #DESTROYED}.
     */
    public int find(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long now,
        final ReadMeta meta)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Entries of the map in this partition. Any thread.
     *
     * @return count, of a moment ago.
     */
    public long size()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Was the map destroyed?
     *
     * @return true if every read will say so.
     */
    public boolean isDestroyed()
    {
        throw new UnsupportedOperationException();
    }
}
