package io.peregrine.perf.grid;

import io.peregrine.client.Driving;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Scenario;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What callers feel of a fourth node that joins three, while they ask at a share of the rate that would saturate the
 * grid. The fourth process runs before, as a grid by itself, so that the processes are as many before as while. Used
 * once, by one thread.
 */
public final class JoinBench
{
    private static final int NODES = 3;
    private static final String[] ROWS = {"get", "put"};
    private static final double[] SHARES = {0.5, 0.5};
    private static final double RATE_SHARE = 0.2;
    private static final int TURNS = 3;

    private final Workload workload;
    private final int threads;
    private final long spanNs;
    private final Progress progress;

    /**
     * @param workload of the benchmark.
     * @param threads  that drive load; half of their operations read.
     * @param spanNs   that is measured before; a third of it goes into finding the saturating rate, after as much of
     *                 warm-up.
     * @param progress to tell.
     */
    public JoinBench(final Workload workload, final int threads, final long spanNs, final Progress progress)
    {
        this.workload = workload;
        this.threads = threads;
        this.spanNs = spanNs;
        this.progress = progress;
    }

    /**
     * Measure.
     *
     * @return the report.
     * @throws InterruptedException when interrupted.
     */
    public JoinReport run() throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedGrid served = new ServedGrid(workplace, workload, new GridProcesses.Site(NODES + 1, 0, 0, false),
                NODES, Driving.CALLER, progress))
        {
            final GridProcesses grid = served.processes();
            grid.start(NODES);
            grid.alone(NODES);
            final MapSide side = new MapSide(workload, served.client().grid(), null, false);
            final double most = saturate(side);
            final SteadyLoad load = new SteadyLoad(side, threads, most * RATE_SHARE);
            final HiccupMeter meter;
            final long[] marks = new long[4];
            try (load)
            {
                progress.at("before", 0);
                park(spanNs / 2);
                meter = HiccupMeter.start();
                try (meter)
                {
                    marks[0] = System.nanoTime();
                    park(spanNs);
                }
                marks[1] = System.nanoTime();
                progress.at("joining", 0.5);
                grid.join(NODES);
                marks[2] = grid.awaitServing(NODES);
                marks[3] = grid.awaitSettled(0, progress);
            }

            return new JoinReport(
                workload.entries(), threads, most * RATE_SHARE,
                load.between(marks[0], marks[1]), load.between(marks[1], marks[3]),
                marks[2] - marks[1], marks[3] - marks[1], load.wrong() + served.verify(progress), meter.share());
        }
    }

    /**
     * @return operations a second of a closed loop, in the last of several turns.
     */
    private double saturate(final Scenario side) throws InterruptedException
    {
        final Plan plan = Plan.closed("udp", ROWS, SHARES, threads, 1, 1);
        final boolean[] batched = new boolean[ROWS.length];
        double most = 0;
        for (int i = 0; i < TURNS; i++)
        {
            progress.at("looking for the saturating rate", i / (double) TURNS);
            double sum = 0;
            for (final Measurement row : side.turn(plan, batched, spanNs / TURNS))
            {
                sum += row.opsPerSecond();
            }
            most = sum;
        }

        return most;
    }

    private static void park(final long ns)
    {
        final long startNs = System.nanoTime();
        for (long left = ns; left > 0; left = ns - (System.nanoTime() - startNs))
        {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
