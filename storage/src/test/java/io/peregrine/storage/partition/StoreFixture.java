package io.peregrine.storage.partition;

import java.nio.charset.StandardCharsets;

import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A partition with memory of its own, and the last result.
 */
final class StoreFixture implements AutoCloseable
{
    static final long PLENTY = 64L << 20;
    private static final int RESERVE = 256;

    final PagePool pool;
    final MapSpace maps;
    final PartitionStore store;
    Outcome outcome;

    private final UnsafeBuffer readTo = new UnsafeBuffer(new byte[1 << 16]);

    StoreFixture()
    {
        this(PLENTY);
    }

    StoreFixture(final long memory)
    {
        this(memory, StoreFixture::hash);
    }

    StoreFixture(final long memory, final KeyHasher hasher)
    {
        pool = new PagePool(new MemoryBudget(memory));
        maps = new MapSpace(pool, hasher);
        store = new PartitionStore(7, maps, new Workspace(pool, hasher));
    }

    static long hash(final DirectBuffer key, final int offset, final int length)
    {
        long hash = 0xCBF29CE484222325L + length;
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ (key.getByte(offset + i) & 0xFF)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    /**
     * A hash of which only these bits differ, and others are set.
     */
    static KeyHasher badHasher(final long differ, final long set)
    {
        return (key, offset, length) -> hash(key, offset, length) & differ | set;
    }

    Outcome apply(final Entries entries)
    {
        return apply(entries.buffer, entries.length);
    }

    Outcome apply(final DirectBuffer entry, final int length)
    {
        reserve(() -> store.apply(entry, 0, length, this::onResult));
        return outcome;
    }

    void reserve(final Runnable action)
    {
        if (!pool.reserve(RESERVE))
        {
            throw new AssertionError("no memory");
        }
        action.run();
        pool.unreserve(RESERVE);
    }

    void onResult(final DirectBuffer buffer, final int offset, final int length)
    {
        outcome = Outcome.of(buffer, offset, length);
    }

    /**
     * Read a value as a caller's thread does.
     *
     * @return null if there is none.
     */
    byte[] get(final int structureId, final String key)
    {
        final MapReader reader = maps.reader(structureId);
        if (reader == null)
        {
            return null;
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(key.getBytes(StandardCharsets.UTF_8));
        final int length = reader.get(
            hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity(), readTo, 0, readTo.capacity(), 0);
        if (length < 0)
        {
            return null;
        }
        final byte[] value = new byte[length];
        readTo.getBytes(0, value);
        return value;
    }

    @Override
    public void close()
    {
        store.close();
        pool.closeNow();
    }
}
