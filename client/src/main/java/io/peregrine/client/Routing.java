package io.peregrine.client;

import org.agrona.DirectBuffer;

/**
 * Says which part of an encoded key chooses its partition. Keys with equal routing parts are in one partition, and an
 * atomic batch may touch all of them. Pure, and safe for any thread.
 */
@FunctionalInterface
public interface Routing
{
    /**
     * The whole key.
     */
    Routing WHOLE = (key, offset, length) -> range(offset, length);

    /**
     * What stands between the first <code>{</code> and the next <code>}</code> behind it; the whole key where there is
     * no such pair or nothing in it. For keys that are text in UTF-8 or ASCII.
     */
    Routing BRACES = Braces::part;

    /**
     * Find the part.
     *
     * @param key    buffer with the encoded key.
     * @param offset where it begins.
     * @param length of it, 1 or more.
     * @return {@link #range} of the part, within the key and not empty.
     */
    long part(DirectBuffer key, int offset, int length);

    /**
     * A result of {@link #part}.
     *
     * @param offset where the part begins in the buffer.
     * @param length of the part.
     * @return both in one.
     */
    static long range(final int offset, final int length)
    {
        return (long) offset << 32 | length & 0xFFFF_FFFFL;
    }
}
