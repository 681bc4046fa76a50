package io.peregrine.perf.grid;

import io.peregrine.perf.process.Usage;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Progress;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a node takes that has no data, does not host the control plane, and is asked nothing: one of four of a grid with
 * default settings, its JVM as the command line starts it. Used once, by one thread.
 */
public final class IdleBench
{
    private static final int SEEDS = 3;
    private static final long MEMORY = 256L << 20;
    private static final double BYTES_PER_MB = 1024.0;

    private final long settleNs;
    private final long spanNs;
    private final Progress progress;

    /**
     * @param settleNs that it is left alone before it is looked at.
     * @param spanNs   in which its time on a core is taken.
     * @param progress to tell.
     */
    public IdleBench(final long settleNs, final long spanNs, final Progress progress)
    {
        this.settleNs = settleNs;
        this.spanNs = spanNs;
        this.progress = progress;
    }

    /**
     * Measure.
     *
     * @return what it takes.
     * @throws IOException          where this is no Linux.
     * @throws InterruptedException when interrupted.
     */
    public IdleReport run() throws IOException, InterruptedException
    {
        try (Workplace workplace = new Workplace();
            GridProcesses grid = new GridProcesses(workplace, new GridProcesses.Site(SEEDS + 1, 0, MEMORY, false)))
        {
            progress.at("starting nodes", 0);
            grid.startAll(SEEDS + 1);
            grid.awaitSettled(0, progress);
            progress.at("leaving it alone", 0);
            park(settleNs);
            progress.at("watching it", 0.5);
            final ProcessHandle process = ProcessHandle.of(grid.pid(SEEDS)).orElseThrow();
            final long startNs = System.nanoTime();
            final Duration before = cpu(process);
            park(spanNs);
            final Duration taken = cpu(process).minus(before);
            final double share = taken.toNanos() / (double) (System.nanoTime() - startNs);
            return new IdleReport(
                Usage.of(process.pid()).memoryKb() / BYTES_PER_MB, grid.view(SEEDS).threads(), share);
        }
    }

    private static Duration cpu(final ProcessHandle process)
    {
        return process.info().totalCpuDuration().orElseThrow();
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
