package io.peregrine.client.port;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

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
    private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private KeyHash()
    {
    }

    /**
     * Hash bytes.
     *
     * @param buffer that holds them; its bounds are checked, whatever Agrona is told.
     * @param offset where.
     * @param length how many, 0 or more.
     * @return 64 bits.
     */
    public static long hash(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        final byte[] base = buffer.byteArray();
        final long at = buffer.addressOffset() + offset;
        // The same twice: the compiler makes much less of bytes of which it does not know whether an array has them.
        return base != null ? hash(base, at, length) : hash(null, at, length);
    }

    private static long hash(final Object base, final long at, final int length)
    {
        return length < STRIPE ? finish(PRIME_5 + length, base, at, length) :
            finish(stripes(base, at, length / STRIPE) + length, base, at + (length & -STRIPE), length);
    }

    /**
     * The last bytes, fewer than a stripe. Without a loop: most keys are no longer.
     *
     * @param length of the whole, whose lower bits tell how many are left.
     */
    private static long finish(final long begun, final Object base, final long address, final int length)
    {
        long hash = begun;
        long at = address;
        if ((length & 16) != 0)
        {
            hash = word(word(hash, base, at), base, at + 8);
            at += 16;
        }
        if ((length & 15) != 0)
        {
            hash = fewer(hash, base, at, length);
        }
        return mix(hash);
    }

    private static long fewer(final long begun, final Object base, final long address, final int length)
    {
        long hash = begun;
        long at = address;
        if ((length & 8) != 0)
        {
            hash = word(hash, base, at);
            at += 8;
        }
        if ((length & 4) != 0)
        {
            final int four = UnsafeApi.getInt(base, at);
            hash ^= ((IS_LITTLE ? four : Integer.reverseBytes(four)) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (final long end = at + (length & 3); at < end; at++)
        {
            hash ^= (UnsafeApi.getByte(base, at) & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return hash;
    }

    private static long word(final long hash, final Object base, final long at)
    {
        return Long.rotateLeft(hash ^ round(0, eight(base, at)), 27) * PRIME_1 + PRIME_4;
    }

    private static long eight(final Object base, final long at)
    {
        final long eight = UnsafeApi.getLong(base, at);
        return IS_LITTLE ? eight : Long.reverseBytes(eight);
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

    private static long stripes(final Object base, final long address, final int count)
    {
        long a = PRIME_1 + PRIME_2;
        long b = PRIME_2;
        long c = 0;
        long d = -PRIME_1;
        long at = address;
        for (int i = 0; i < count; i++)
        {
            a = round(a, eight(base, at));
            b = round(b, eight(base, at + 8));
            c = round(c, eight(base, at + 16));
            d = round(d, eight(base, at + 24));
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
