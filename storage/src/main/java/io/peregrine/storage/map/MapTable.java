package io.peregrine.storage.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The maps of a partition by id: a small open table, changed by the writer, read by any thread without a lock. A
 * destroyed map stays in its place until the table is rebuilt.
 */
final class MapTable
{
    private static final VarHandle STORES = MethodHandles.arrayElementVarHandle(MapStore[].class);
    private static final int SMALLEST = 4;
    private static final int GOLDEN = 0x9E3779B1;

    private volatile MapStore[] stores = new MapStore[SMALLEST];
    private int occupied;
    private int live;

    /**
     * Any thread.
     */
    MapStore get(final int structureId)
    {
        final MapStore[] table = stores;
        final int mask = table.length - 1;
        MapStore store;
        for (int i = place(structureId, table.length);
            (store = (MapStore) STORES.getAcquire(table, i)) != null;
            i = (i + 1) & mask)
        {
            if (store.structureId() == structureId && store.index().directory() != null)
            {
                return store;
            }
        }
        return null;
    }

    void add(final MapStore store)
    {
        if ((occupied + 1) * 4 > stores.length * 3)
        {
            rebuild();
        }
        insert(stores, store);
        occupied++;
        live++;
    }

    /**
     * A map was destroyed.
     */
    void removed()
    {
        live--;
    }

    int size()
    {
        return live;
    }

    int capacity()
    {
        return stores.length;
    }

    MapStore at(final int place)
    {
        final MapStore store = stores[place];
        return store == null || store.index().directory() == null ? null : store;
    }

    private void rebuild()
    {
        int length = SMALLEST;
        while (length < (live + 1) * 2)
        {
            length *= 2;
        }
        final MapStore[] fresh = new MapStore[length];
        for (final MapStore store : stores)
        {
            if (store != null && store.index().directory() != null)
            {
                insert(fresh, store);
            }
        }
        occupied = live;
        stores = fresh;
    }

    private static void insert(final MapStore[] table, final MapStore store)
    {
        int i = place(store.structureId(), table.length);
        while (table[i] != null)
        {
            i = (i + 1) & (table.length - 1);
        }
        STORES.setRelease(table, i, store);
    }

    private static int place(final int structureId, final int length)
    {
        return (structureId * GOLDEN) >>> (Integer.numberOfLeadingZeros(length) + 1);
    }
}
