package io.peregrine.perf.grid;

import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Samples;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long partitions do not acknowledge writes when something befalls a node of a grid with default settings: those
 * that it leads where it is killed, those that it is a backup of where it stands still. Used once, by one thread.
 */
public final class FailoverBench
{
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final double NS_PER_S = 1e9;

    private final int nodes;
    private final Progress progress;

    /**
     * @param nodes    of the grid, at least three.
     * @param progress to tell.
     */
    public FailoverBench(final int nodes, final Progress progress)
    {
        this.nodes = nodes;
        this.progress = progress;
    }

    /**
     * Measure.
     *
     * @param kinds of breakages, in the order of the reports.
     * @param times of each.
     * @param rows  takes the report of each kind when that is done.
     * @throws InterruptedException when interrupted.
     */
    public void run(final List<Breakage> kinds, final int times, final Consumer<FailoverReport> rows)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace(); FaultyGrid grid = new FaultyGrid(workplace, nodes, progress))
        {
            for (final Breakage kind : kinds)
            {
                rows.accept(run(grid, kind, times));
            }
        }
    }

    private FailoverReport run(final FaultyGrid grid, final Breakage kind, final int times) throws InterruptedException
    {
        final Samples stalls = new Samples();
        final Samples longest = new Samples();
        double hiccups = 0;
        final List<String> keys = PartitionWrites.keys(grid.partitions());
        final List<Integer> all = IntStream.range(0, keys.size()).boxed().toList();
        try (PartitionWrites writes = new PartitionWrites(grid.grid(), keys, PERIOD_NS))
        {
            writes.mark();
            writes.awaitAnswers(all);
            String before = "";
            for (int i = 0; i < times; i++)
            {
                progress.at(kind + " " + (i + 1) + " of " + times + before, i / (double) times);
                final int victim = grid.victim(kind, i);
                final HiccupMeter meter = HiccupMeter.start();
                try (meter)
                {
                    final long longestNs = befall(grid, writes, kind, victim, stalls);
                    longest.add(longestNs);
                    before = String.format(Locale.ROOT, ", after %.2f s the time before", longestNs / NS_PER_S);
                }
                hiccups += meter.share() / times;
            }

            writes.mark();
            writes.awaitAnswers(all);
            final int lost = writes.lost();
            return new FailoverReport(
                kind.toString(), times, stalls, longest, writes.acknowledged(), writes.unacknowledged(), lost, hiccups);
        }
    }

    /**
     * @return how long the last partition took.
     */
    private static long befall(
        final FaultyGrid grid,
        final PartitionWrites writes,
        final Breakage kind,
        final int victim,
        final Samples stalls) throws InterruptedException
    {
        final List<Integer> hit = grid.hitBy(kind, victim);
        writes.mark();
        grid.strike(kind, victim);
        writes.awaitAnswers(hit);
        long most = 0;
        for (final int partition : hit)
        {
            stalls.add(writes.answeredAfter(partition));
            most = Math.max(most, writes.answeredAfter(partition));
        }
        if (kind == Breakage.PAUSE)
        {
            FaultyGrid.park(PAUSE_NS - most);
        }

        return most;
    }
}
