package io.peregrine.storage.map;

import io.peregrine.storage.memory.KeyHasher;
import org.agrona.DirectBuffer;

/**
 * Hashes for tests: a good one, and bad ones.
 */
final class Hashers
{
    private static final long PRIME = 0x100000001B3L;
    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;

    static final KeyHasher GOOD = Hashers::good;

    private Hashers()
    {
    }

    static long good(final DirectBuffer key, final int offset, final int length)
    {
        long hash = 0xCBF29CE484222325L + length;
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ (key.getByte(offset + i) & 0xFF)) * PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * MIX_1;
        hash = (hash ^ (hash >>> 27)) * MIX_2;
        return hash ^ (hash >>> 31);
    }

    /**
     * Only these bits of the hash differ.
     */
    static KeyHasher masked(final long mask)
    {
        return (key, offset, length) -> good(key, offset, length) & mask;
    }
}
