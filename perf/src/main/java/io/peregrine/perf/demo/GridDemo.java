package io.peregrine.perf.demo;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.NodeStatus.MemberStatus;
import io.peregrine.node.partition.CopyCheck;
import io.peregrine.perf.map.MapBench;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.terminal.ProgressBar;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Three nodes as processes, one of which is killed while callers write, a fourth that joins, and a look at whether
 * anything is missing. One thread, beside those of the writers.
 */
public final class GridDemo
{
    private static final int WRITERS = 3;
    private static final int ROUNDS = 2;
    private static final int ENTRIES = 20_000;
    private static final int READS = 1_000;
    private static final int LATENCY_ENTRIES = 5_000;
    private static final double LATENCY_SECONDS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final boolean interactive;
    private final Journal journal;
    private final List<Writer> writers = new ArrayList<>();

    /**
     * A demo.
     *
     * @param out         to print to.
     * @param interactive whether that is a terminal.
     */
    public GridDemo(final PrintWriter out, final boolean interactive)
    {
        this.out = out;
        this.interactive = interactive;
        this.journal = new Journal(out);
    }

    /**
     * Run it.
     *
     * @return how many steps came out wrong.
     * @throws InterruptedException  when interrupted.
     * @throws IllegalStateException when the grid does not come to what is waited for.
     */
    public int run() throws InterruptedException
    {
        journal.line("Peregrine: a grid of processes on this machine, each answer checked.");
        journal.line("");
        try (DemoGrid nodes = new DemoGrid())
        {
            final Grid grid = begin(nodes);
            final Tour tour = new Tour(grid, journal, YieldingIdleStrategy.INSTANCE, ENTRIES, READS);
            tour(tour);
            final GridMap<String, Long> traffic =
                grid.map("traffic", Codecs.STRING, Codecs.LONG).within(PATIENCE);
            for (int i = 0; i < WRITERS; i++)
            {
                writers.add(new Writer(traffic, i));
            }
            kill(nodes);
            join(nodes);
            check(nodes, tour);
            show(MapBench.latencies(grid, " in the grid", LATENCY_ENTRIES, LATENCY_SECONDS));
        }

        journal.line("");
        journal.line(journal.wrong() == 0 ? "All as it must be." : journal.wrong() + " steps came out wrong.");
        return journal.wrong();
    }

    private Grid begin(final DemoGrid nodes) throws InterruptedException
    {
        final long startNs = System.nanoTime();
        for (int i = 0; i < DemoGrid.SEEDS; i++)
        {
            nodes.start(i);
        }
        try (ProgressBar bar = bar("nodes"))
        {
            for (int i = 0; i < DemoGrid.SEEDS; i++)
            {
                bar.at("processes start", i / (double) DemoGrid.SEEDS);
                nodes.awaitServing(i);
            }
        }
        final double seconds = seconds(startNs);
        final Grid grid = nodes.connect();
        await("nodes", "copies are made", () -> nodes.wholeness(DemoGrid.SEEDS));
        journal.step(true, "nodes", "%d processes serve after %.1f s, each partition has 2 copies after %.1f s",
            DemoGrid.SEEDS, seconds, seconds(startNs));
        return grid;
    }

    private void tour(final Tour tour)
    {
        try (ProgressBar bar = bar("put"))
        {
            tour.put(interactive ? bar : Progress.NONE);
        }
        tour.get();
        tour.conditionalWrites();
        tour.expiry();
        tour.batch();
    }

    /**
     * The one that leads most, so that most is heard of it.
     */
    private void kill(final DemoGrid nodes) throws InterruptedException
    {
        awaitRounds("traffic", "every key is written");
        int victim = 0;
        int leads = -1;
        for (int i = 0; i < DemoGrid.SEEDS; i++)
        {
            final MemberStatus member = nodes.member(i);
            if (member != null && member.leads() > leads)
            {
                victim = i;
                leads = member.leads();
            }
        }

        writers.forEach(Writer::forgetWaits);
        final long pid = nodes.pid(victim);
        nodes.kill(victim);
        awaitRounds("kill -9", "every key is written");
        journal.step(true, "kill -9", "%s (process %d), primary of %d partitions, while %d callers write",
            DemoGrid.name(victim), pid, leads, WRITERS);
        journal.step(leads > 0, "outage", "no caller waited longer than %.2f s for an acknowledgement",
            worstSeconds());

        final long startNs = System.nanoTime();
        nodes.start(victim);
        nodes.awaitServing(victim);
        await("recovery", "copies catch up", () -> nodes.wholeness(DemoGrid.SEEDS));
        journal.step(true, "recovery", "%s is started again: each partition has 2 copies after %.1f s",
            DemoGrid.name(victim), seconds(startNs));
    }

    private void join(final DemoGrid nodes) throws InterruptedException
    {
        writers.forEach(Writer::forgetWaits);
        final long startNs = System.nanoTime();
        nodes.start(DemoGrid.SEEDS);
        nodes.awaitServing(DemoGrid.SEEDS);
        await("join", "partitions move", () -> nodes.wholeness(DemoGrid.SEEDS + 1));
        final MemberStatus joined = nodes.member(DemoGrid.SEEDS);
        final int held = joined == null ? 0 : joined.inSync();
        awaitRounds("join", "every key is written");
        journal.step(held > 0, "join", "a fourth node has its %d copies after %.1f s; no caller waited longer than " +
            "%.2f s", held, seconds(startNs), worstSeconds());
    }

    private void check(final DemoGrid nodes, final Tour tour) throws InterruptedException
    {
        long writes = 0;
        long refused = 0;
        long unknown = 0;
        long wrong = 0;
        int keys = 0;
        for (final Writer writer : writers)
        {
            writer.stop();
            writes += writer.writes();
            refused += writer.refused();
            unknown += writer.unknown();
            keys += writer.keys();
            wrong += writer.wrong();
        }
        journal.step(wrong == 0, "writes", "%,d acknowledged (%,d refused, %,d unknown, asked again): of %,d keys " +
            "%,d are wrong", writes, refused, unknown, keys, wrong);
        tour.scan();

        final CopyCheck[] last = new CopyCheck[1];
        await("copies", "nodes compare", () -> compare(nodes, last));
        journal.step(last[0].finding() == CopyCheck.Finding.EQUAL, "copies", "%s", last[0].finding() ==
            CopyCheck.Finding.EQUAL ? "both of each partition are equal, by their digests" : last[0].because());
    }

    private static double compare(final DemoGrid nodes, final CopyCheck[] last)
    {
        try
        {
            last[0] = nodes.compareCopies();
            return last[0].finding() == CopyCheck.Finding.APART ? 0 : 1;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copies were compared", ex);
        }
    }

    private void show(final List<Result> results)
    {
        journal.line("");
        journal.line("  Latency, one caller, two copies of each entry; four nodes and the caller share the cores");
        journal.line("  (./grid demo --embedded shows a node in this process, and its latencies):");
        journal.line("");
        journal.latencies(results);
        final long wrong = results.stream().mapToLong((result) -> result.subject().wrong()).sum();
        journal.step(wrong == 0, "answers", "%,d wrong", wrong);
    }

    private void awaitRounds(final String step, final String what) throws InterruptedException
    {
        final long[] before = writers.stream().mapToLong(Writer::rounds).toArray();
        await(step, what, () ->
        {
            long done = 0;
            for (int i = 0; i < before.length; i++)
            {
                done += Math.min(ROUNDS, writers.get(i).rounds() - before[i]);
            }
            return done / (double) (ROUNDS * before.length);
        });
    }

    private double worstSeconds()
    {
        return writers.stream().mapToLong(Writer::worstNs).max().orElse(0) / NS_PER_S;
    }

    /**
     * Until all of it is there.
     */
    private void await(final String step, final String what, final DoubleSupplier share)
    {
        final long startNs = System.nanoTime();
        try (ProgressBar bar = bar(step))
        {
            for (double done = share.getAsDouble(); done < 1; done = share.getAsDouble())
            {
                bar.at(what, done);
                if (System.nanoTime() - startNs > LIMIT_NS)
                {
                    throw new IllegalStateException(step + ": " + what + ", and only to " + (int) (100 * done) +
                        " % within " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS) + " s");
                }
                LockSupport.parkNanos(STEP_NS);
            }
        }
    }

    private ProgressBar bar(final String step)
    {
        return new ProgressBar(out, interactive, "  " + step);
    }

    private static double seconds(final long startNs)
    {
        return (System.nanoTime() - startNs) / NS_PER_S;
    }
}
