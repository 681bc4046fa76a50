package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridLock;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.NodeProcess;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Samples;

import java.time.Duration;

/**
 * Holders that are killed (SIGKILL) while another is in line: how long after the end of their lease that one has the
 * lock. The end is counted from when the holder began to renew it for the last time, which is before the grid did.
 * Node and clients have default settings. One thread, and one that waits in line.
 */
final class TakeOvers
{
    private static final Duration LEASE = Duration.ofMillis(1_000);
    private static final long MEMORY = 64L << 20;

    private final String address = "127.0.0.1:" + Ports.freePair();
    private final Workplace workplace;
    private final Progress progress;

    TakeOvers(final Workplace workplace, final Progress progress)
    {
        this.workplace = workplace;
        this.progress = progress;
    }

    TakeOverReport run(final int times) throws InterruptedException
    {
        final String liveDir = workplace.resolve("take-over").toString();
        try (ChildProcess node = NodeProcess.start(address, liveDir, "take-over", MEMORY, false))
        {
            node.await(NodeProcess.SERVING);
            try (GridClient client = LockChild.connect(address, liveDir, false))
            {
                return run(client.grid(), times);
            }
        }
    }

    private TakeOverReport run(final Grid grid, final int times) throws InterruptedException
    {
        final Samples beyond = new Samples();
        double hiccups = 0;
        for (int i = 0; i < times; i++)
        {
            progress.at("take-over " + (i + 1) + " of " + times, i / (double) times);
            try (ChildProcess holder = LockChild.start(address, workplace.resolve("holder-" + i), false))
            {
                holder.await(LockChild.READY);
                final HiccupMeter meter = HiccupMeter.start();
                try (meter)
                {
                    beyond.add(takeOver(holder, grid.lock("take-over-" + i)));
                }
                hiccups += meter.share() / times;
            }
        }

        return new TakeOverReport(times, LEASE.toMillis(), beyond, hiccups);
    }

    private static long takeOver(final ChildProcess holder, final GridLock lock) throws InterruptedException
    {
        holder.tell(LockChild.HOLD + lock.name() + " " + LEASE.toMillis());
        final long endNs = Long.parseLong(holder.await(LockChild.HOLD)) + LEASE.toNanos();
        final InLine next = InLine.enter(lock);
        holder.kill();
        return next.acquiredNs() - endNs;
    }
}
