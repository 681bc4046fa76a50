package io.peregrine.perf.lock;

import io.peregrine.client.GridLock;
import io.peregrine.perf.grid.Breakage;
import io.peregrine.perf.grid.FaultyGrid;
import io.peregrine.perf.grid.PartitionWrites;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Primaries of locks that are killed (SIGKILL) while another process holds two locks of the partition and this one is
 * in line for both: one that is released then, and one whose lease ends later. Beside them an entry of the partition is
 * written, which tells how long it was out. Both clients have used all nodes before. Nodes and clients have default
 * settings. One thread, and those in line.
 */
final class PrimaryLosses
{
    private static final int NODES = 3;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long HELD_MS = TimeUnit.MINUTES.toMillis(2);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final List<Integer> FIRST = List.of(0);
    private static final List<Integer> ALL = List.of(0, 1, 2);

    private final Workplace workplace;
    private final Progress progress;
    private final Samples outages = new Samples();
    private final Samples released = new Samples();
    private final Samples ended = new Samples();

    PrimaryLosses(final Workplace workplace, final Progress progress)
    {
        this.workplace = workplace;
        this.progress = progress;
    }

    PrimaryLossReport run(final int times) throws InterruptedException
    {
        double hiccups = 0;
        try (FaultyGrid grid = new FaultyGrid(workplace, NODES, progress);
            ChildProcess holder = LockChild.start(grid.addresses(), workplace.resolve("holder"), false))
        {
            holder.await(LockChild.READY);
            final List<String> keys = PartitionWrites.keys(grid.partitions());
            for (int i = 0; i < times; i++)
            {
                progress.at("primary " + (i + 1) + " of " + times, i / (double) times);
                final int victim = grid.victim(Breakage.KILL, i);
                final List<String> ofNodes = new ArrayList<>();
                for (int node = 0; node < NODES; node++)
                {
                    ofNodes.add(keys.get(grid.hitBy(Breakage.KILL, (victim + node) % NODES).get(i)));
                }
                final HiccupMeter meter = HiccupMeter.start();
                try (meter)
                {
                    lose(grid, victim, ofNodes, holder);
                }
                hiccups += meter.share() / times;
            }
        }

        return new PrimaryLossReport(times, outages, released, ended, hiccups);
    }

    /**
     * @param keys one of each node, that of the victim first.
     */
    private void lose(
        final FaultyGrid grid, final int victim, final List<String> keys, final ChildProcess holder)
        throws InterruptedException
    {
        final GridLock toRelease = grid.grid().lock("{" + keys.get(0) + "}:released");
        final GridLock toEnd = grid.grid().lock("{" + keys.get(0) + "}:ended");
        try (PartitionWrites writes = new PartitionWrites(grid.grid(), keys, PERIOD_NS))
        {
            writes.mark();
            writes.awaitAnswers(ALL);
            for (final String key : keys)
            {
                final GridLock any = grid.grid().lock("{" + key + "}:any");
                hold(holder, any, HELD_MS);
                holder.tell(LockChild.RELEASE + any.name());
            }
            hold(holder, toRelease, HELD_MS);
            final InLine afterRelease = InLine.enter(toRelease);
            final long endNs = hold(holder, toEnd, LEASE.toMillis()) + LEASE.toNanos();
            final InLine afterEnd = InLine.enter(toEnd);

            writes.mark();
            final long killNs = System.nanoTime();
            grid.strike(Breakage.KILL, victim);
            holder.tell(LockChild.RELEASE + toRelease.name());
            writes.awaitAnswers(FIRST);
            final long outageNs = writes.answeredAfter(0);
            outages.add(outageNs);
            released.add(afterRelease.acquiredNs() - killNs - outageNs);
            ended.add(afterEnd.acquiredNs() - endNs - outageNs);
        }
    }

    /**
     * @return when the lease was begun for the last time, at the earliest.
     */
    private static long hold(final ChildProcess holder, final GridLock lock, final long leaseMs)
        throws InterruptedException
    {
        holder.tell(LockChild.HOLD + lock.name() + " " + leaseMs);
        return Long.parseLong(holder.await(LockChild.HOLD));
    }
}
