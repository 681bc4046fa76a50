package io.peregrine.perf.floor;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks keys up in a map on the heap, with other instances of the keys than the map has. Driving thread.
 */
final class MapGet implements Subject
{
    private final Workload workload;
    private final ConcurrentHashMap<String, byte[]> map;
    private final String[] keys;
    private final int thread;

    MapGet(
        final Workload workload, final ConcurrentHashMap<String, byte[]> map, final String[] keys, final int thread)
    {
        this.workload = workload;
        this.map = map;
        this.keys = keys;
        this.thread = thread;
    }

    @Override
    public int run(final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final int place = workload.place(first + i, thread);
            if (!workload.isValueOf(workload.number(place), map.get(keys[workload.keyIndex(place)])))
            {
                wrong++;
            }
        }

        return wrong;
    }
}
