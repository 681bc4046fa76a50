package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Samples;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The subject: a lock that this process and another one hand to each other, timed from where one begins to let go to
 * where the other has it.
 */
final class HandOver implements Scenario
{
    private static final double US_PER_MS = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final double HALF = 50;
    private static final double NEARLY_ALL = 99;
    private static final double ALL_BUT_FEW = 99.9;
    private static final double ALL = 100;

    private final Baton baton;
    private final ChildProcess child;

    HandOver(final Grid grid, final String address, final Workplace workplace) throws InterruptedException
    {
        baton = new Baton(grid.lock(Baton.LOCK));
        child = LockChild.start(address, workplace.resolve("hand-over"), true);
        try
        {
            child.await(LockChild.READY);
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            child.close();
            throw ex;
        }
    }

    @Override
    public String name(final int row)
    {
        return "hand-over";
    }

    @Override
    public Subject[] open(final int thread)
    {
        throw new UnsupportedOperationException("two processes drive it together");
    }

    @Override
    public Measurement[] turn(final Plan plan, final boolean[] batched, final long durationNs)
        throws InterruptedException
    {
        final long untilNs = System.nanoTime() + durationNs;
        child.tell(LockChild.PASS + untilNs);
        final HiccupMeter hiccups = HiccupMeter.start();
        final List<Holding> here;
        try (hiccups)
        {
            here = baton.pass(untilNs);
        }

        final List<Holding> there = Holding.read(child.await(LockChild.PASS));
        return new Measurement[]{measurement(Holding.handOvers(here, there), durationNs, hiccups.share())};
    }

    /**
     * The time of an operation is that of the median too: a mean of so few is that of the longest of them.
     */
    static Measurement measurement(final List<Long> took, final long durationNs, final double hiccups)
    {
        final Samples samples = new Samples();
        took.forEach(samples::add);
        return new Measurement(
            samples.percentileMs(HALF) * NS_PER_MS,
            samples.percentileMs(HALF) * US_PER_MS,
            samples.percentileMs(NEARLY_ALL) * US_PER_MS,
            samples.percentileMs(ALL_BUT_FEW) * US_PER_MS,
            samples.percentileMs(ALL) * US_PER_MS,
            took.size() * (double) TimeUnit.SECONDS.toNanos(1) / durationNs,
            Double.NaN,
            took.size(),
            0,
            0,
            hiccups);
    }

    @Override
    public void close()
    {
        child.close();
    }
}
