package io.peregrine.perf.remote;

import io.peregrine.client.Grid;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.map.PipelinedGets;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.concurrent.TimeUnit;

/**
 * The subject of throughput: each thread has many reads in flight. Only operations a second mean anything, and their
 * reciprocal.
 */
final class PipelinedSide implements Scenario
{
    private final Workload workload;
    private final Grid grid;
    private final int window;

    PipelinedSide(final Workload workload, final Grid grid, final int window)
    {
        this.workload = workload;
        this.grid = grid;
        this.window = window;
    }

    @Override
    public String name(final int row)
    {
        return "grid map";
    }

    @Override
    public Subject[] open(final int thread)
    {
        return new Subject[]{new PipelinedGets(workload, grid.flyweightMap(MapSide.MAP), thread, window)};
    }

    @Override
    public Measurement[] turn(final Plan plan, final boolean[] batched, final long durationNs)
        throws InterruptedException
    {
        final Measurement turn = Scenario.super.turn(plan, batched, durationNs)[0];
        return new Measurement[]{throughput(
            turn.opsPerSecond(), turn.bytesPerOp(), turn.operations(), turn.wrong(), turn.hiccups())};
    }

    static Measurement throughput(
        final double opsPerSecond,
        final double bytesPerOp,
        final long operations,
        final long wrong,
        final double hiccups)
    {
        return new Measurement(
            TimeUnit.SECONDS.toNanos(1) / opsPerSecond,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            opsPerSecond,
            bytesPerOp,
            operations,
            wrong,
            0,
            hiccups);
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }
}
