package io.peregrine.storage.session;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;

/**
 * Hashes for digests of state: good mixing, no claim against an adversary. Parts of a digest are added up where their
 * order does not matter.
 */
public final class Digest
{
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Digest()
    {
    }

    /**
     * Take one number into a hash.
     *
     * @param hash  so far.
     * @param value to take in.
     * @return hash of both; the order matters.
     */
    public static long mix(final long hash, final long value)
    {
        long mixed = (hash ^ value) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) + hash;
    }

    /**
     * Take bytes into a hash.
     *
     * @param hash   so far.
     * @param buffer with the bytes.
     * @param offset where.
     * @param length how many.
     * @return hash of all.
     */
    public static long mix(final long hash, final DirectBuffer buffer, final int offset, final int length)
    {
        long mixed = mix(hash, length);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES)
        {
            mixed = mix(mixed, buffer.getLong(offset + at, ByteOrder.LITTLE_ENDIAN));
        }
        for (; at < length; at++)
        {
            mixed = mix(mixed, buffer.getByte(offset + at));
        }
        return mixed;
    }
}
