package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Overwrites entries, each put waiting for its answer. Driving thread; shares the handle of the reads, which closes it.
 */
final class FlyweightPuts implements Subject
{
    private final Workload workload;
    private final FlyweightMap map;
    private final int thread;
    private final byte[] bytes;
    private final UnsafeBuffer value;

    FlyweightPuts(final Workload workload, final FlyweightMap map, final int thread)
    {
        this.workload = workload;
        this.map = map;
        this.thread = thread;
        this.bytes = workload.valueOf(0);
        this.value = new UnsafeBuffer(bytes);
    }

    @Override
    public int run(final long first, final int count)
    {
        final UnsafeBuffer keys = workload.keys();
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final int place = workload.place(first + i, thread);
            workload.stamp(workload.number(place), bytes);
            if (map.put(keys, workload.keyOffset(place), Workload.KEY_LENGTH, value, 0, bytes.length) <= 0)
            {
                wrong++;
            }
        }

        return wrong;
    }
}
