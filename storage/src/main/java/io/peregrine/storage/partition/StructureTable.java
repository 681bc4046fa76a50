package io.peregrine.storage.partition;

import java.util.Arrays;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * The structures of a partition by id, and their ids in order.
 */
final class StructureTable
{
    /**
     * No id is higher.
     */
    static final int NONE = Integer.MAX_VALUE;

    private static final int INITIAL_CAPACITY = 8;

    private final Int2ObjectHashMap<Structure> byId = new Int2ObjectHashMap<>();
    private int[] ids = new int[INITIAL_CAPACITY];
    private int size;
    private int lastId;
    private Structure last;

    /**
     * Mostly the same one is asked for as the time before.
     */
    Structure get(final int id)
    {
        if (id != lastId || last == null)
        {
            lastId = id;
            last = byId.get(id);
        }
        return last;
    }

    /**
     * @return null if there is no map of this id.
     */
    MapStructure map(final int id)
    {
        return get(id) instanceof MapStructure map ? map : null;
    }

    void add(final Structure structure)
    {
        last = null;
        final int at = -1 - Arrays.binarySearch(ids, 0, size, structure.id());
        if (size == ids.length)
        {
            ids = Arrays.copyOf(ids, size << 1);
        }
        System.arraycopy(ids, at, ids, at + 1, size - at);
        ids[at] = structure.id();
        size++;
        byId.put(structure.id(), structure);
    }

    void remove(final int id)
    {
        last = null;
        if (byId.remove(id) != null)
        {
            final int at = Arrays.binarySearch(ids, 0, size, id);
            size--;
            System.arraycopy(ids, at + 1, ids, at, size - at);
        }
    }

    int size()
    {
        return size;
    }

    /**
     * The lowest id from this one on.
     *
     * @return {@link #NONE} if there is none.
     */
    int ceiling(final int id)
    {
        final int found = Arrays.binarySearch(ids, 0, size, id);
        final int at = found < 0 ? -1 - found : found;
        return at < size ? ids[at] : NONE;
    }

    void close()
    {
        for (int id = ceiling(0); id != NONE; id = ceiling(id + 1))
        {
            get(id).close();
        }
    }

    long digest()
    {
        long digest = 0;
        for (int id = ceiling(0); id != NONE; id = ceiling(id + 1))
        {
            digest += get(id).digest();
        }
        return digest;
    }
}
