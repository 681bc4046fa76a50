package io.peregrine.perf.map;

import io.peregrine.client.GridMap;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;

/**
 * Reads by String, each value a new array. Driving thread.
 */
final class TypedGets implements Subject
{
    private final Workload workload;
    private final GridMap<String, byte[]> map;
    private final String[] keys;
    private final int thread;

    TypedGets(final Workload workload, final GridMap<String, byte[]> map, final String[] keys, final int thread)
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
        final GridMap<String, byte[]> reads = map;
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
