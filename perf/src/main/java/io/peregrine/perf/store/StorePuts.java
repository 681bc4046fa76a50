package io.peregrine.perf.store;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts into the store by its writer thread. One driving thread.
 */
final class StorePuts implements Scenario
{
    private final Workload workload;
    private final boolean fresh;
    private final Partitions partitions;

    /**
     * @param workload of the benchmark.
     * @param fresh    begin each turn with an empty store, so that every put inserts; else every put overwrites.
     */
    StorePuts(final Workload workload, final boolean fresh)
    {
        this.workload = workload;
        this.fresh = fresh;
        partitions = new Partitions(workload.entries(), workload.valueLength(), Workload.KEY_LENGTH);
        if (!fresh)
        {
            final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
            final UnsafeBuffer value = new UnsafeBuffer(workload.valueOf(0));
            for (int i = 0; i < workload.entries(); i++)
            {
                Workload.writeKey(i, key, 0);
                partitions.put(key, 0, Workload.KEY_LENGTH, value, value.capacity());
            }
        }
    }

    @Override
    public String name(final int row)
    {
        return "store put";
    }

    @Override
    public void start()
    {
        if (fresh)
        {
            partitions.renew();
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
        return new Subject[]{new Puts(workload, partitions)};
    }

    @Override
    public void close()
    {
        partitions.close();
    }

    /**
     * The loop.
     */
    private static final class Puts implements Subject
    {
        private final Workload workload;
        private final Partitions partitions;
        private final byte[] bytes;
        private final UnsafeBuffer value;

        Puts(final Workload workload, final Partitions partitions)
        {
            this.workload = workload;
            this.partitions = partitions;
            this.bytes = workload.valueOf(0);
            this.value = new UnsafeBuffer(bytes);
        }

        @Override
        public int run(final long first, final int count)
        {
            int wrong = 0;
            for (int i = 0; i < count; i++)
            {
                final int place = workload.place(first + i, 0);
                workload.stamp(workload.number(place), bytes);
                final int offset = workload.keyOffset(place);
                if (!partitions.put(workload.keys(), offset, Workload.KEY_LENGTH, value, bytes.length))
                {
                    wrong++;
                }
            }

            return wrong;
        }
    }
}
