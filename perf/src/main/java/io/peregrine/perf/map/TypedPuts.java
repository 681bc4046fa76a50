package io.peregrine.perf.map;

import io.peregrine.client.GridMap;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;

/**
 * Overwrites by String, each put waiting for its answer. Driving thread.
 */
final class TypedPuts implements Subject
{
    private final Workload workload;
    private final GridMap<String, byte[]> map;
    private final String[] keys;
    private final int thread;
    private final byte[] value;

    TypedPuts(final Workload workload, final GridMap<String, byte[]> map, final String[] keys, final int thread)
    {
        this.workload = workload;
        this.map = map;
        this.keys = keys;
        this.thread = thread;
        this.value = workload.valueOf(0);
    }

    @Override
    public int run(final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final int place = workload.place(first + i, thread);
            workload.stamp(workload.number(place), value);
            if (map.set(keys[workload.keyIndex(place)], value) <= 0)
            {
                wrong++;
            }
        }

        return wrong;
    }
}
