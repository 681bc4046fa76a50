package io.peregrine.storage.map;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash for comparing copies: the same on every machine, independent of the hash of keys. Pure.
 */
final class Digest
{
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final int ROTATION = 31;
    private static final int SHIFT = 29;

    private Digest()
    {
    }

    static long mix(final long digest, final long word)
    {
        long mixed = Long.rotateLeft(digest ^ (word * PRIME_2), ROTATION) * PRIME_1;
        mixed ^= mixed >>> SHIFT;
        return mixed * PRIME_2 + PRIME_1;
    }

    static long bytes(final long seed, final DirectBuffer buffer, final int length)
    {
        long digest = seed;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES)
        {
            digest = mix(digest, buffer.getLong(i, ByteOrder.LITTLE_ENDIAN));
        }
        for (; i < length; i++)
        {
            digest = mix(digest, buffer.getByte(i));
        }
        return digest;
    }
}
