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
        final String[] strings = keys;
        final ConcurrentHashMap<String, byte[]> reads = map;
        final Workload load = workload;
        int wrong = 0;
        int place = load.place(first, thread);
        for (int i = 0; i < count; i++)
        {
            if (!load.isValueOf(load.number(place), reads.get(strings[load.keyIndex(place)])))
            {
                wrong++;
            }
            place = load.next(place);
        }

        return wrong;
    }
}
