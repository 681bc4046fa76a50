package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.SplittableRandom;

/**
 * Reads while another thread drives the node, and overwrites random entries as fast as it can, or not. Writer and agent
 * are one thread, so that two cores are enough for both sides.
 */
final class WriterSide implements Scenario
{
    private static final int BURST = 256;

    private final Workload workload;
    private final BenchNode node;
    private final MapSide reads;
    private final boolean writing;
    private volatile boolean running;
    private volatile Throwable failure;
    private Thread driver;
    private long written;

    WriterSide(final Workload workload, final BenchNode node, final MapSide reads, final boolean writing)
    {
        this.workload = workload;
        this.node = node;
        this.reads = reads;
        this.writing = writing;
    }

    @Override
    public String name(final int row)
    {
        return writing ? "beside a writer" : "without a writer";
    }

    @Override
    public void start()
    {
        running = true;
        driver = new Thread(this::drive, "node-driver");
        driver.start();
    }

    private void drive()
    {
        try
        {
            node.node().invoke();
            try (FlyweightMap map = node.grid().flyweightMap(MapSide.MAP))
            {
                final Fill writer = new Fill(workload, map);
                final SplittableRandom random = new SplittableRandom();
                while (running)
                {
                    for (int i = 0; writing && i < BURST; i++)
                    {
                        writer.put(random.nextInt(workload.entries()));
                        written++;
                    }

                    if (node.node().invoke() == 0)
                    {
                        Thread.yield();
                    }
                }

                writer.awaitAll();
            }
        }
        catch (final Throwable ex)
        {
            failure = ex;
        }
    }

    @Override
    public Subject[] open(final int thread)
    {
        return reads.open(thread);
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }

    @Override
    public void stop()
    {
        running = false;
        try
        {
            driver.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        if (failure != null)
        {
            throw new IllegalStateException("the writer failed: " + failure, failure);
        }
    }

    /**
     * Overwrites in all turns. Between turns only.
     */
    long written()
    {
        return written;
    }
}
