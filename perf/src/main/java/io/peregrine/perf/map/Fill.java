package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.MapCommand;
import io.peregrine.client.MapResult;
import io.peregrine.client.ResultHandler;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Progress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes every entry of a workload, many requests in flight, and looks in the end whether all are there. One thread.
 */
public final class Fill implements ResultHandler
{
    private static final int STEP = 1 << 14;

    private final Workload workload;
    private final FlyweightMap map;
    private final MapCommand command = new MapCommand();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
    private final byte[] bytes;
    private final UnsafeBuffer value;
    private RuntimeException failure;

    /**
     * @param workload of the benchmark.
     * @param map      to fill; this object takes its results.
     */
    public Fill(final Workload workload, final FlyweightMap map)
    {
        this.workload = workload;
        this.map = map;
        this.bytes = workload.valueOf(0);
        this.value = new UnsafeBuffer(bytes);
        map.onResult(this);
    }

    /**
     * Write all entries.
     *
     * @param progress to tell.
     */
    public void run(final Progress progress)
    {
        for (int i = 0; i < workload.entries(); i++)
        {
            put(i);
            if (i % STEP == 0)
            {
                progress.at("filling", i / (double) workload.entries());
            }
        }

        awaitAll();
    }

    /**
     * Wait for the answers that are still to come.
     */
    void awaitAll()
    {
        while (map.inFlight() > 0)
        {
            await();
        }
    }

    /**
     * Send one put, as soon as there is room for it.
     *
     * @param number of the entry.
     */
    void put(final long number)
    {
        Workload.writeKey(number, key, 0);
        workload.stamp(number, bytes);
        command.put(key, 0, Workload.KEY_LENGTH, value, 0, bytes.length);
        long id = map.offer(command);
        while (id < 0)
        {
            if (id == FlyweightMap.CLOSED)
            {
                throw new IllegalStateException("the node was closed while its map was filled");
            }


            await();
            id = map.offer(command);
        }
    }

    private void await()
    {
        if (map.poll() == 0)
        {
            map.idle();
        }

        if (failure != null)
        {
            throw failure;
        }
    }

    @Override
    public void onResult(final long id, final MapResult result)
    {
        if (!result.applied() && failure == null)
        {
            failure = result.error();
        }
    }

    /**
     * Read every entry.
     *
     * @return how many are wrong or missing.
     */
    int verify()
    {
        int wrong = 0;
        for (int i = 0; i < workload.entries(); i++)
        {
            Workload.writeKey(i, key, 0);
            final int length = map.get(key, 0, Workload.KEY_LENGTH, value, 0, bytes.length);
            if (!workload.isValueOf(i, value, length))
            {
                wrong++;
            }
        }

        return wrong;
    }
}
