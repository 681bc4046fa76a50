package io.peregrine.perf.sim.workload;

import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A lock, and where it is.
 *
 * @param index     of it among those that are used.
 * @param name      of it.
 * @param hash      of the name.
 * @param partition that it lives in.
 */
record LockPlace(int index, byte[] name, long hash, int partition)
{
    static LockPlace of(final int index, final int partitions)
    {
        final byte[] name = Keys.bytes("lock" + index);
        final long hash = KeyHash.hash(new UnsafeBuffer(name), 0, name.length);
        return new LockPlace(index, name, hash, KeyHash.partition(hash, partitions));
    }

    @Override
    public String toString()
    {
        return "lock" + index;
    }
}
