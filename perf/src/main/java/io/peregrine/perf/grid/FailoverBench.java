package io.peregrine.perf.grid;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Samples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long partitions do not acknowledge writes when something befalls a node of a grid with default settings: those
 * that it leads where it is killed, those that it is a backup of where it stands still. Used once, by one thread.
 */
public final class FailoverBench
{
    private static final long MEMORY = 256L << 20;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CALM_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(2);

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
     * @return a report for each kind.
     * @throws InterruptedException when interrupted.
     */
    public List<FailoverReport> run(final List<Breakage> kinds, final int times) throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            GridProcesses grid = new GridProcesses(workplace, new GridProcesses.Site(nodes, 0, MEMORY, false)))
        {
            progress.at("starting " + nodes + " nodes", 0);
            grid.startAll(nodes);
            grid.awaitSettled(0, progress);
            try (GridClient client = GridClient.connect(new GridClientContext()
                .inputs(SettingInputs.NONE)
                .connect(grid.addresses(nodes))
                .set(ClientSettings.LIVE_DIR, workplace.resolve("client").toString())
                .errorHandler(FailoverBench::ignore)))
            {
                final List<FailoverReport> reports = new ArrayList<>();
                for (final Breakage kind : kinds)
                {
                    reports.add(run(grid, client, kind, times));
                }

                return reports;
            }
        }
    }

    /**
     * Connections end where nodes do; whatever else is wrong shows in the answers.
     */
    private static void ignore(final Throwable fault)
    {
    }

    private FailoverReport run(
        final GridProcesses grid, final GridClient client, final Breakage kind, final int times)
        throws InterruptedException
    {
        final Samples stalls = new Samples();
        final Samples longest = new Samples();
        double hiccups = 0;
        try (PartitionWrites writes =
            new PartitionWrites(client.grid(), grid.view(0).places().size(), PERIOD_NS))
        {
            writes.mark();
            awaitAnswers(writes, allOf(grid.view(0)));
            for (int i = 0; i < times; i++)
            {
                progress.at(kind + " " + (i + 1) + " of " + times, i / (double) times);
                final int victim = victim(grid, kind, i);
                // On a busy machine copies come and go; the outage of an only copy lasts until it is back.
                grid.awaitSettled((victim + 1) % nodes, progress);
                final HiccupMeter meter = HiccupMeter.start();
                try (meter)
                {
                    longest.add(befall(grid, writes, kind, victim, stalls));
                }
                hiccups += meter.share() / times;
                recover(grid, kind, victim);
            }

            writes.mark();
            awaitAnswers(writes, allOf(grid.view(0)));
            final int lost = writes.lost();
            return new FailoverReport(
                kind.toString(), times, stalls, longest, writes.acknowledged(), writes.unacknowledged(), lost, hiccups);
        }
    }

    private int victim(final GridProcesses grid, final Breakage kind, final int round) throws InterruptedException
    {
        final int[] leader = {-1};
        await(() ->
        {
            leader[0] = leader(grid);
            return leader[0] >= 0;
        }, "nobody leads the control plane");
        return kind.isOfLeader() ? leader[0] : (leader[0] + 1 + round % (nodes - 1)) % nodes;
    }

    private static int leader(final GridProcesses grid)
    {
        try
        {
            return grid.leader();
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /**
     * @return how long the last partition took.
     */
    private static long befall(
        final GridProcesses grid,
        final PartitionWrites writes,
        final Breakage kind,
        final int victim,
        final Samples stalls) throws InterruptedException
    {
        final MemberView view = grid.view((victim + 1) % 2);
        final List<Integer> hit = hitBy(view, kind, victim);
        writes.mark();
        if (kind == Breakage.PAUSE)
        {
            grid.standStill(victim, true);
        }
        else
        {
            grid.kill(victim);
        }

        awaitAnswers(writes, hit);
        long most = 0;
        for (final int partition : hit)
        {
            stalls.add(writes.answeredAfter(partition));
            most = Math.max(most, writes.answeredAfter(partition));
        }
        if (kind == Breakage.PAUSE)
        {
            park(PAUSE_NS - most);
        }

        return most;
    }

    private static List<Integer> hitBy(final MemberView view, final Breakage kind, final int victim)
    {
        final List<Integer> hit = new ArrayList<>();
        for (int i = 0; i < view.places().size(); i++)
        {
            final MemberView.Place place = view.places().get(i);
            final boolean isHit = kind == Breakage.PAUSE ?
                place.primary() != victim && place.inSync().get(victim) : place.primary() == victim;
            if (isHit)
            {
                hit.add(i);
            }
        }

        return hit;
    }

    private void recover(final GridProcesses grid, final Breakage kind, final int victim) throws InterruptedException
    {
        if (kind == Breakage.PAUSE)
        {
            grid.standStill(victim, false);
        }
        else
        {
            grid.start(victim);
            grid.join(victim);
            grid.awaitServing(victim);
        }
        park(CALM_NS);
        grid.awaitSettled((victim + 1) % nodes, progress);
        park(CALM_NS);
    }

    private static List<Integer> allOf(final MemberView view)
    {
        final List<Integer> all = new ArrayList<>();
        for (int i = 0; i < view.places().size(); i++)
        {
            all.add(i);
        }

        return all;
    }

    private static void awaitAnswers(final PartitionWrites writes, final List<Integer> partitions)
    {
        await(
            () -> partitions.stream().allMatch((partition) -> writes.answeredAfter(partition) >= 0),
            "a partition acknowledged nothing");
    }

    private static void await(final BooleanSupplier condition, final String otherwise)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new IllegalStateException(
                    otherwise + " for " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS) + " s");
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    private static void park(final long ns)
    {
        final long startNs = System.nanoTime();
        for (long left = ns; left > 0; left = ns - (System.nanoTime() - startNs))
        {
            LockSupport.parkNanos(left);
        }
    }
}
