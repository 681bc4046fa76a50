package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A partition with one map, and numbered keys.
 */
final class Fixture implements AutoCloseable
{
    static final int ID = 7;
    static final int KEY_LENGTH = 16;

    final MemoryBudget budget;
    final PagePool pool;
    final MapSpace space;
    final MapStore store;
    final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    final UnsafeBuffer value = new UnsafeBuffer(new byte[MapStore.MAX_VALUE_LENGTH]);
    final UnsafeBuffer out = new UnsafeBuffer(new byte[MapStore.MAX_VALUE_LENGTH]);
    final Expiry expiry = new Expiry();
    long version;

    private final KeyHasher hasher;

    Fixture(final long limit, final int traits)
    {
        this(limit, traits, Hashers.GOOD);
    }

    Fixture(final long limit, final int traits, final KeyHasher hasher)
    {
        this.budget = new MemoryBudget(limit);
        this.pool = new PagePool(budget);
        this.space = new MapSpace(pool, hasher);
        this.store = space.create(ID, traits);
        this.hasher = hasher;
    }

    long key(final long number)
    {
        key.putLong(0, number);
        key.putLong(8, ~number);
        return hasher.hash(key, 0, KEY_LENGTH);
    }

    static long number(final RecordView record, final UnsafeBuffer scratch)
    {
        assertEquals(KEY_LENGTH, record.copyKey(scratch, 0));
        return scratch.getLong(0);
    }

    boolean fits(final long number, final int valueLength)
    {
        final long hash = key(number);
        final long handle = store.find(hash, key, 0, KEY_LENGTH);
        final int pages = space.pagesFor(ID, hash, KEY_LENGTH, valueLength, null, handle);
        if (!pool.reserve(pages))
        {
            return false;
        }
        pool.unreserve(pages);
        return true;
    }

    void put(final long number, final int valueLength)
    {
        put(number, valueLength, null);
    }

    void put(final long number, final int valueLength, final Expiry end)
    {
        store.put(key(number), key, 0, KEY_LENGTH, value, 0, valueLength, ++version, end);
    }

    boolean remove(final long number)
    {
        return store.remove(key(number), key, 0, KEY_LENGTH);
    }

    boolean evict(final long number, final int valueLength)
    {
        return space.evictionCandidate(ID, key(number), KEY_LENGTH, valueLength, this::remove);
    }

    boolean remove(final RecordView record)
    {
        final UnsafeBuffer gone = new UnsafeBuffer(new byte[record.keyLength()]);
        record.copyKey(gone, 0);
        return store.remove(record.hash(), gone, 0, gone.capacity());
    }

    int get(final long number, final long now)
    {
        return store.reader().get(key(number), key, 0, KEY_LENGTH, out, 0, out.capacity(), now);
    }

    void reclaimAll()
    {
        while (space.reclaim(100) > 0)
        {
            assertTrue(space.usedPages() >= 0);
        }
    }

    @Override
    public void close()
    {
        space.close();
        assertEquals(0, pool.usedPages());
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }
}
