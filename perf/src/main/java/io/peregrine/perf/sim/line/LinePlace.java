package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.port.KeyHash;
import io.peregrine.perf.sim.workload.Keys;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A lock, a semaphore or a latch, and where it is.
 *
 * @param kind      of it.
 * @param text      name of it.
 * @param name      the same as bytes.
 * @param hash      of the name.
 * @param partition that it lives in.
 * @param total     permits that there are, 1 of a lock; or what a latch begins with.
 */
record LinePlace(LockKind kind, String text, byte[] name, long hash, int partition, int total)
{
    static LinePlace of(final LockKind kind, final String text, final int total, final int partitions)
    {
        final byte[] name = Keys.bytes(text);
        final long hash = KeyHash.hash(new UnsafeBuffer(name), 0, name.length);
        return new LinePlace(kind, text, name, hash, KeyHash.partition(hash, partitions), total);
    }

    @Override
    public String toString()
    {
        return text;
    }
}
