package io.peregrine.client.port;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads of one map straight from memory, on the calling thread, without a lock; any number of threads. A value that is
 * returned was that of the latest write acknowledged before the call, or of a later one.
 */
public interface LocalReads
{
    /**
     * There is no such entry.
     */
    int ABSENT = -1;
    /**
     * Only the agent can tell: send a MapReadRequest.
     */
    int ASK_AGENT = -2;
    /**
     * The map does not exist any more.
     */
    int DESTROYED = -3;
    /**
     * The node was closed.
     */
    int CLOSED = -4;
    /**
     * Results up to this one say that the value is there and is longer than the room given.
     */
    int TOO_LONG = -16;

    /**
     * Does a result say that the value did not fit?
     *
     * @param result of {@link #get}.
     * @return true if so; it may be tried again with {@link #requiredLength(int)}.
     */
    static boolean isTooLong(final int result)
    {
        return result <= TOO_LONG;
    }

    /**
     * The length of a value that did not fit.
     *
     * @param result for which {@link #isTooLong(int)} holds.
     * @return bytes.
     */
    static int requiredLength(final int result)
    {
        return TOO_LONG - result;
    }

    /**
     * Read a value if that can be done in one quick try; its cost is that of nearly every read.
     *
     * @param partition of the key.
     * @param hash      of the whole key, {@link KeyHash#hash}.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes; its bytes are undefined after any other answer than a length.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @return length of the value, or {@link #ABSENT}; or {@link #ASK_AGENT}, which says nothing: {@code get} knows.
     */
    default int tryGet(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        return ASK_AGENT;
    }

    /**
     * Read a value.
     *
     * @param partition of the key.
     * @param hash      of the whole key, {@link KeyHash#hash}.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes, 1 to the limit.
     * @param dst       where the value goes; its bytes are undefined after any other answer than a length.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @return length of the value; or one of the negative codes.
     */
    int get(
        int partition,
        long hash,
        DirectBuffer key,
        int keyOffset,
        int keyLength,
        MutableDirectBuffer dst,
        int dstOffset,
        int dstLength);

    /**
     * Read a value with its version and expiry.
     *
     * @param partition of the key.
     * @param hash      of the whole key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @param details   receives the rest when the result is a length or too long.
     * @return as the other form.
     */
    int get(
        int partition,
        long hash,
        DirectBuffer key,
        int keyOffset,
        int keyLength,
        MutableDirectBuffer dst,
        int dstOffset,
        int dstLength,
        ReadDetails details);

    /**
     * Look an entry up without its value.
     *
     * @param partition of the key.
     * @param hash      of the whole key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param details   receives version and expiry when the result is a length; or null.
     * @return length of the value; or one of the negative codes, never too long.
     */
    int find(int partition, long hash, DirectBuffer key, int keyOffset, int keyLength, ReadDetails details);

    /**
     * Count entries, with those whose expiry is due and not yet carried out.
     *
     * @return the count of a moment ago, own acknowledged writes included; or {@link #ASK_AGENT}, {@link #DESTROYED},
     *         {@link #CLOSED}.
     */
    long size();
}
