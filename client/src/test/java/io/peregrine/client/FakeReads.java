package io.peregrine.client;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.ReadDetails;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads of one map of a {@link FakePort}. What is past its end is left to the agent.
 */
final class FakeReads implements LocalReads
{
    private final FakePort port;
    private final int structureId;

    FakeReads(final FakePort port, final int structureId)
    {
        this.port = port;
        this.structureId = structureId;
    }

    @Override
    public int tryGet(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        final int result = get(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
        return result >= ABSENT ? result : ASK_AGENT;
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        return get(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, new ReadDetails());
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final ReadDetails details)
    {
        synchronized (port)
        {
            final FakeStore.Entry entry = entry(partition, key, keyOffset, keyLength);
            final int length = find(partition, hash, key, keyOffset, keyLength, details);
            if (length < 0)
            {
                return length;
            }
            if (length > dstLength)
            {
                return TOO_LONG - length;
            }
            dst.putBytes(dstOffset, entry.value());
            return length;
        }
    }

    @Override
    public int find(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final ReadDetails details)
    {
        synchronized (port)
        {
            if (port.closed)
            {
                return CLOSED;
            }
            if (port.store.map(structureId) == null)
            {
                return DESTROYED;
            }
            final FakeStore.Entry entry = entry(partition, key, keyOffset, keyLength);
            if (entry == null)
            {
                return ABSENT;
            }
            final long left = entry.deadline() - port.store.now;
            if (left <= 0)
            {
                return ASK_AGENT;
            }
            if (details != null)
            {
                details.set(entry.version(), entry.deadline() == Long.MAX_VALUE ? -1 : left, -1);
            }
            return entry.value().length;
        }
    }

    @Override
    public long size()
    {
        synchronized (port)
        {
            final FakeStore.FakeMap map = port.store.map(structureId);
            return map == null ? DESTROYED : map.partitions.values().stream().mapToLong(TreeMap::size).sum();
        }
    }

    private FakeStore.Entry entry(final int partition, final DirectBuffer key, final int offset, final int length)
    {
        final FakeStore.FakeMap map = port.store.map(structureId);
        final byte[] bytes = new byte[length];
        key.getBytes(offset, bytes);
        return map == null ? null : map.partitions.get(partition).get(ByteBuffer.wrap(bytes));
    }
}
