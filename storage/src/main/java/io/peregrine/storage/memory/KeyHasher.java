package io.peregrine.storage.memory;

import org.agrona.DirectBuffer;

/**
 * The 64-bit hash of a whole key. Its upper half places the key in the index of its map, its lower half places the key
 * in a partition. Pure, and safe for any thread.
 */
@FunctionalInterface
public interface KeyHasher
{
    /**
     * Hash the bytes of a key.
     *
     * @param key    buffer that holds it.
     * @param offset where it begins.
     * @param length of it in bytes.
     * @return its hash; the same for the same bytes on every node and for ever.
     */
    long hash(DirectBuffer key, int offset, int length);
}
