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
        return length < STRIPE ? finish(PRIME_5 + length, buffer, offset, length) :
            finish(stripes(buffer, offset, length / STRIPE) + length, buffer, offset + (length & -STRIPE), length);
    }

    /**
     * The last bytes, fewer than a stripe. Without a loop: most keys are no longer.
     *
     * @param length of the whole, whose lower bits tell how many are left.
     */
    private static long finish(final long begun, final DirectBuffer buffer, final int offset, final int length)
    {
        long hash = begun;
        int at = offset;
        if ((length & 16) != 0)
        {
            hash = word(word(hash, buffer, at), buffer, at + 8);
            at += 16;
        }
        if ((length & 8) != 0)
        {
            hash = word(hash, buffer, at);
            at += 8;
        }
        if ((length & 4) != 0)
        {
            hash ^= (buffer.getInt(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        if ((length & 2) != 0)
        {
            hash = single(single(hash, buffer, at), buffer, at + 1);
            at += 2;
        }
        return mix((length & 1) == 0 ? hash : single(hash, buffer, at));
    }

    private static long word(final long hash, final DirectBuffer buffer, final int at)
    {
        return Long.rotateLeft(hash ^ round(0, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)), 27) * PRIME_1 + PRIME_4;
    }

    private static long single(final long hash, final DirectBuffer buffer, final int at)
    {
        return Long.rotateLeft(hash ^ (buffer.getByte(at) & 0xFF) * PRIME_5, 11) * PRIME_1;
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
