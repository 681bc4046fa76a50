package io.peregrine.client.port;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The hash of keys, xxHash64 with seed 0, and what follows from it. Part of the protocol: the same on every node and
 * client for ever. Pure, and safe for any thread.
 */
public final class KeyHash
{
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private KeyHash()
    {
    }

    /**
     * Hash bytes.
     *
     * @param buffer that holds them.
     * @param offset where.
     * @param length how many, 0 or more.
     * @return 64 bits.
     */
    public static long hash(final DirectBuffer buffer, final int offset, final int length)
    {
        final int end = offset + length;
        int at = offset;
        long hash;
        if (length >= STRIPE)
        {
            hash = stripes(buffer, offset, length / STRIPE);
            at += length & -STRIPE;
        }
        else
        {
            hash = PRIME_5;
        }
        hash += length;
        for (; at + 8 <= end; at += 8)
        {
            hash ^= round(0, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= end)
        {
            hash ^= (buffer.getInt(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++)
        {
            hash ^= (buffer.getByte(at) & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return mix(hash);
    }

    /**
     * The partition of a key.
     *
     * @param hash       of the key's routing part if it has one, else of the whole key.
     * @param partitions their number, at least 1.
     * @return 0 to partitions - 1.
     */
    public static int partition(final long hash, final int partitions)
    {
        return (int) (((hash & 0xFFFF_FFFFL) * partitions) >>> 32);
    }

    private static long stripes(final DirectBuffer buffer, final int offset, final int count)
    {
        long a = PRIME_1 + PRIME_2;
        long b = PRIME_2;
        long c = 0;
        long d = -PRIME_1;
        int at = offset;
        for (int i = 0; i < count; i++)
        {
            a = round(a, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
            b = round(b, buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN));
            c = round(c, buffer.getLong(at + 16, ByteOrder.LITTLE_ENDIAN));
            d = round(d, buffer.getLong(at + 24, ByteOrder.LITTLE_ENDIAN));
            at += STRIPE;
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        hash = merge(hash, a);
        hash = merge(hash, b);
        hash = merge(hash, c);
        return merge(hash, d);
    }

    private static long round(final long accumulator, final long input)
    {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(final long hash, final long accumulator)
    {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long mix(final long hash)
    {
        long mixed = (hash ^ hash >>> 33) * PRIME_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME_3;
        return mixed ^ mixed >>> 32;
    }
}
