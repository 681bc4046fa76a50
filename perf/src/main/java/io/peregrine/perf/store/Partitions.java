package io.peregrine.perf.store;

import io.peregrine.client.port.KeyHash;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.DirectBuffer;

/**
 * One map over as many partitions as a node has, without the node. Writer thread.
 */
final class Partitions implements AutoCloseable
{
    private static final int PARTITIONS = 256;
    private static final int STRUCTURE = 1;
    private static final int OVERHEAD = 64;
    private static final long SLACK = 64L << 20;

    private final MemoryBudget budget;
    private final PagePool pool;
    private final MapSpace[] spaces = new MapSpace[PARTITIONS];
    private final MapStore[] maps = new MapStore[PARTITIONS];
    private long version;

    Partitions(final long entries, final int valueLength, final int keyLength)
    {
        budget = new MemoryBudget(entries * 2 * (keyLength + valueLength + OVERHEAD) + SLACK);
        pool = new PagePool(budget);
        open();
    }

    private void open()
    {
        for (int i = 0; i < PARTITIONS; i++)
        {
            spaces[i] = new MapSpace(pool, KeyHash::hash);
            maps[i] = spaces[i].create(STRUCTURE, 0);
        }
    }

    private void drop()
    {
        for (final MapSpace space : spaces)
        {
            space.close();
        }
    }

    /**
     * Begin anew with empty maps, in the memory that there is: as a heap keeps its memory when its objects die.
     */
    void renew()
    {
        drop();
        open();
    }

    /**
     * Hash, find, overwrite where there is room; else look whether memory is needed, reserve it, put.
     *
     * @return false when there is no memory.
     */
    boolean put(
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final DirectBuffer value,
        final int valueLength)
    {
        final long hash = KeyHash.hash(key, keyOffset, keyLength);
        final int partition = KeyHash.partition(hash, PARTITIONS);
        final MapStore map = maps[partition];
        final long handle = map.find(hash, key, keyOffset, keyLength);
        if (handle != 0 && map.overwrite(handle, hash, value, 0, valueLength, ++version, null))
        {
            return true;
        }

        final int pages = spaces[partition].pagesFor(STRUCTURE, hash, keyLength, valueLength, null, handle);
        if (pages > 0 && !pool.reserve(pages))
        {
            return false;
        }

        map.put(hash, key, keyOffset, keyLength, value, 0, valueLength, ++version, null);
        if (pages > 0)
        {
            pool.unreserve(pages);
        }

        return true;
    }

    /**
     * Between two puts, as a data agent does between two requests.
     */
    void upkeep()
    {
        pool.prepare();
    }

    long size()
    {
        long size = 0;
        for (final MapStore map : maps)
        {
            size += map.size();
        }

        return size;
    }

    /**
     * All that the store holds, also what it has not used yet.
     */
    long reservedBytes()
    {
        return budget.reserved();
    }

    @Override
    public void close()
    {
        drop();
        pool.closeNow();
    }
}
