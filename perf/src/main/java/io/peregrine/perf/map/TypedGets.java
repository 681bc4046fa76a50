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
