package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapStore;

/**
 * Memory that goes from one map to another and back, page by page: the one has few long values, the other many short
 * ones, and each is empty while the other is not.
 */
final class PageTurns
{
    private static final long KEY = 7;
    private static final int RECORDS = 4;
    private static final int WORDS = 1000;
    private static final int OTHER_RECORDS = RECORDS * RECORDS;
    private static final int OTHER_WORDS = 13;

    private final StressStore store;
    private final StressStore otherStore;
    private final MapStore map;
    private final MapStore other;
    private int stamp;

    /**
     * @param store      of the map that is read.
     * @param otherStore of the other map; may be the same.
     */
    PageTurns(final StressStore store, final StressStore otherStore)
    {
        this.store = store;
        this.otherStore = otherStore;
        map = store.space.create(1, 0);
        other = otherStore.space.create(2, 0);
    }

    /**
     * There and back once. The writer.
     */
    void turn()
    {
        stamp++;
        fillAndEmpty(store, map, RECORDS, WORDS);
        fillAndEmpty(otherStore, other, OTHER_RECORDS, OTHER_WORDS);
    }

    /**
     * Read an entry of the first map and judge what came. The reader.
     */
    int read()
    {
        return store.read(map.reader(), map.structureId(), KEY);
    }

    private void fillAndEmpty(final StressStore in, final MapStore to, final int records, final int words)
    {
        for (int i = 0; i < records; i++)
        {
            in.put(to, KEY + i, words, stamp);
        }

        for (int i = 0; i < records; i++)
        {
            in.remove(to, KEY + i);
        }
    }
}
