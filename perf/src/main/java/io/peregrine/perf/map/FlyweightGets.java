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
        final FlyweightMap reads = map;
        final UnsafeBuffer to = value;
        final Workload load = workload;
        final int room = to.capacity();
        int wrong = 0;
        int place = load.place(first, thread);
        for (int i = 0; i < count; i++)
        {
            final int length = reads.get(keys, load.keyOffset(place), Workload.KEY_LENGTH, to, 0, room);
            if (!load.isValueOf(load.number(place), to, length))
            {
                wrong++;
            }
            place = load.next(place);
        }

        return wrong;
    }

    @Override
    public void close()
    {
        map.close();
    }
}
