package io.peregrine.perf.store;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The floor: puts of a copied value into a map on the heap. One driving thread.
 */
final class HeapPuts implements Scenario
{
    private final Workload workload;
    private final String[] keys;
    private final boolean fresh;
    private ConcurrentHashMap<String, byte[]> map = new ConcurrentHashMap<>();

    HeapPuts(final Workload workload, final boolean fresh)
    {
        this.workload = workload;
        this.keys = workload.strings();
        this.fresh = fresh;
        if (!fresh)
        {
            for (int i = 0; i < workload.entries(); i++)
            {
                map.put(Workload.keyOf(i), workload.valueOf(i));
            }
        }
    }

    @Override
    public String name(final int row)
    {
        return "ConcurrentHashMap.put";
    }

    @Override
    public void start()
    {
        if (fresh)
        {
            map = new ConcurrentHashMap<>();
        }
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads;
    }

    @Override
    public Subject[] open(final int thread)
    {
        return new Subject[]{new Puts(workload, keys, map)};
    }

    @Override
    public void stop()
    {
        if (fresh)
        {
            map = new ConcurrentHashMap<>();
        }
    }

    /**
     * The loop.
     */
    private static final class Puts implements Subject
    {
        private final Workload workload;
        private final String[] keys;
        private final ConcurrentHashMap<String, byte[]> map;
        private final byte[] value;

        Puts(final Workload workload, final String[] keys, final ConcurrentHashMap<String, byte[]> map)
        {
            this.workload = workload;
            this.keys = keys;
            this.map = map;
            this.value = workload.valueOf(0);
        }

        @Override
        public int run(final long first, final int count)
        {
            for (int i = 0; i < count; i++)
            {
                final int place = workload.place(first + i, 0);
                workload.stamp(workload.number(place), value);
                map.put(keys[workload.keyIndex(place)], value.clone());
            }

            return 0;
        }
    }
}
