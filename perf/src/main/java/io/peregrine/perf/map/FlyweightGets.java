package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads from the key's bytes into a buffer of the caller. Driving thread.
 */
final class FlyweightGets implements Subject
{
    private final Workload workload;
    private final FlyweightMap map;
    private final int thread;
    private final UnsafeBuffer value;

    FlyweightGets(final Workload workload, final FlyweightMap map, final int thread)
    {
        this.workload = workload;
        this.map = map;
        this.thread = thread;
        this.value = new UnsafeBuffer(new byte[Math.max(Long.BYTES, workload.valueLength())]);
    }

    @Override
    public int run(final long first, final int count)
    {
        final UnsafeBuffer keys = workload.keys();
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final int place = workload.place(first + i, thread);
            final int length =
                map.get(keys, workload.keyOffset(place), Workload.KEY_LENGTH, value, 0, value.capacity());
            if (!workload.isValueOf(workload.number(place), value, length))
            {
                wrong++;
            }
        }

        return wrong;
    }

    @Override
    public void close()
    {
        map.close();
    }
}
