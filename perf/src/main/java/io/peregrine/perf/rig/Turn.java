package io.peregrine.perf.rig;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One side drives load once: its threads start together, run their lanes and end. The measurement is put together on
 * the calling thread.
 */
final class Turn
{
    private static final double NS_PER_US = 1_000.0;

    private final Scenario scenario;
    private final Plan plan;
    private final int threadCount;
    private final boolean[] batched;
    private final Lane[][] lanes;
    private final CpuShare[] cpu;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile long startNs;
    private volatile Throwable failure;

    Turn(final Scenario scenario, final Plan plan, final boolean[] batched)
    {
        this.scenario = scenario;
        this.plan = plan;
        this.batched = batched;
        this.threadCount = scenario.threads(plan.threads());
        this.lanes = new Lane[threadCount][];
        this.cpu = new CpuShare[threadCount];
        this.ready = new CountDownLatch(threadCount);
        Arrays.setAll(cpu, i -> new CpuShare());
    }

    /**
     * Drive load.
     *
     * @param durationNs unless enough operations end it.
     * @return a measurement for each row.
     */
    Measurement[] run(final long durationNs) throws InterruptedException
    {
        final Thread[] threads = new Thread[threadCount];
        scenario.start();
        try
        {
            for (int i = 0; i < threads.length; i++)
            {
                final int index = i;
                threads[i] = new Thread(() -> drive(index, durationNs), "load-" + i);
                threads[i].start();
            }

            ready.await();
            final HiccupMeter hiccups = HiccupMeter.start();
            startNs = System.nanoTime();
            go.countDown();
            for (final Thread thread : threads)
            {
                thread.join();
            }

            final long tookNs = System.nanoTime() - startNs;
            hiccups.close();
            if (failure != null)
            {
                throw new IllegalStateException("the load on " + scenario.name(0) + " failed: " + failure, failure);
            }

            return measurements(tookNs, Math.max(hiccups.share(), starvation(hiccups)));
        }
        finally
        {
            scenario.stop();
        }
    }

    /**
     * The part of the time that busy driving threads were kept from running, beyond what their own number and the
     * collections of this process explain.
     */
    private double starvation(final HiccupMeter hiccups)
    {
        final int busy = scenario.busyThreads(threadCount);
        if (busy == 0)
        {
            return 0;
        }

        long missing = 0;
        long wall = 1;
        for (final CpuShare share : cpu)
        {
            missing += share.missingNs() - hiccups.collectedNs();
            wall += share.wallNs();
        }

        final double expected = CpuShare.expected(busy, Runtime.getRuntime().availableProcessors());
        return Math.max(0, missing / (double) wall - expected);
    }

    private void drive(final int index, final long durationNs)
    {
        try
        {
            final Subject[] subjects = scenario.open(index);
            final Lane[] mine = new Lane[subjects.length];
            final Allocation allocation = new Allocation();
            for (int i = 0; i < mine.length; i++)
            {
                mine[i] = new Lane(subjects[i], SystemNanoClock.INSTANCE, allocation, batched[i]);
            }

            lanes[index] = mine;
            ready.countDown();
            go.await();
            cpu[index].begin();
            loop(mine, durationNs);
            cpu[index].end();
            for (final Lane lane : mine)
            {
                lane.close();
            }
        }
        catch (final Throwable ex)
        {
            failure = ex;
            ready.countDown();
        }
    }

    private void loop(final Lane[] mine, final long durationNs)
    {
        final long deadlineNs = startNs + durationNs;
        if (plan.rate() > 0)
        {
            final double rate = plan.rate() / (double) threadCount;
            new OpenLoop(SystemNanoClock.INSTANCE, YieldingIdleStrategy.INSTANCE, plan.shares(), rate)
                .run(mine, startNs, deadlineNs);
        }
        else
        {
            new ClosedLoop(SystemNanoClock.INSTANCE, plan.grains(), plan.operations()).run(mine, deadlineNs);
        }
    }

    private Measurement[] measurements(final long tookNs, final double hiccups)
    {
        final Measurement[] rows = new Measurement[plan.rows().length];
        for (int row = 0; row < rows.length; row++)
        {
            rows[row] = measurement(row, tookNs, hiccups);
        }

        return rows;
    }

    private Measurement measurement(final int row, final long tookNs, final double hiccups)
    {
        final Histogram histogram = lanes[0][row].histogram();
        final long[] sums = new long[6];
        for (int i = 0; i < lanes.length; i++)
        {
            final Lane lane = lanes[i][row];
            sums[0] += lane.operations();
            sums[1] += lane.timedOperations();
            sums[2] += lane.timedNs();
            sums[3] += lane.allocatedBytes();
            sums[4] += lane.wrong();
            sums[5] += lane.unsent();
            if (i > 0)
            {
                histogram.add(lane.histogram());
            }
        }

        final double operations = Math.max(1, sums[0]);
        return new Measurement(
            sums[2] / (double) Math.max(1, sums[1]),
            histogram.getValueAtPercentile(50) / NS_PER_US,
            histogram.getValueAtPercentile(99) / NS_PER_US,
            histogram.getValueAtPercentile(99.9) / NS_PER_US,
            histogram.getMaxValue() / NS_PER_US,
            sums[0] * (double) TimeUnit.SECONDS.toNanos(1) / tookNs,
            sums[3] / operations,
            sums[0],
            sums[4],
            sums[5],
            hiccups);
    }
}
