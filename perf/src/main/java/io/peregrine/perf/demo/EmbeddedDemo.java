package io.peregrine.perf.demo;

import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.map.MapBench;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.terminal.ProgressBar;
import io.peregrine.transport.process.UdpPort;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The tour of a node in this process, then of one over UDP, with a table of latencies at the end.
 */
public final class EmbeddedDemo
{
    private final PrintWriter out;
    private final boolean interactive;
    private final Size size;
    private final Journal journal;

    /**
     * How much it does.
     *
     * @param entries       that are put into the node in this process, and that latencies are measured with.
     * @param reads         of those.
     * @param remoteEntries that are put over UDP.
     * @param remoteReads   of those.
     * @param seconds       that latencies are measured, of each node.
     */
    record Size(int entries, int reads, int remoteEntries, int remoteReads, double seconds)
    {
        private static final Size SHOWN = new Size(100_000, 500_000, 20_000, 10_000, 1.5);
    }

    /**
     * @param out         to print to.
     * @param interactive whether that is a terminal.
     */
    public EmbeddedDemo(final PrintWriter out, final boolean interactive)
    {
        this(out, interactive, Size.SHOWN);
    }

    EmbeddedDemo(final PrintWriter out, final boolean interactive, final Size size)
    {
        this.out = out;
        this.interactive = interactive;
        this.size = size;
        this.journal = new Journal(out);
    }

    /**
     * Run it.
     *
     * @return how many steps came out wrong.
     * @throws InterruptedException when interrupted.
     */
    public int run() throws InterruptedException
    {
        journal.line("Peregrine: a node in this process, then one reached over UDP, each answer checked.");
        journal.line("");
        final List<Result> latencies = new ArrayList<>(embedded());
        journal.line("");
        latencies.addAll(remote());
        show(latencies);
        journal.line("");
        journal.line(journal.wrong() == 0 ? "All as it must be." : journal.wrong() + " steps came out wrong.");
        return journal.wrong();
    }

    private List<Result> embedded() throws InterruptedException
    {
        final long start = System.nanoTime();
        try (GridNode node = GridNode.launch(context()))
        {
            journal.step(true, "node", "ready %,d ms after the JVM began, %,d ms after the launch was called",
                ManagementFactory.getRuntimeMXBean().getUptime(), ms(start));
            final Tour tour =
                new Tour(node.grid(), journal, YieldingIdleStrategy.INSTANCE, size.entries(), size.reads());
            put(tour);
            tour.get();
            tour.conditionalWrites();
            tour.expiry();
            tour.scan();
            tour.batch();
            return MapBench.latencies(node.grid(), "", size.entries(), size.seconds());
        }
    }

    private List<Result> remote() throws InterruptedException
    {
        final String address = UdpPort.free();
        try (GridNode node = GridNode.launch(context().bind(address)))
        {
            final long start = System.nanoTime();
            try (GridClient client = GridClient.connect(new GridClientContext().connect(address)))
            {
                final Grid grid = client.grid();
                journal.step(grid.nodeStatus().name().equals(node.context().get(NodeSettings.NAME)), "client",
                    "connected to the node at %s after %,d ms", address, ms(start));
                final Tour tour = new Tour(
                    grid, journal, YieldingIdleStrategy.INSTANCE, size.remoteEntries(), size.remoteReads());
                put(tour);
                tour.get();
                tour.conditionalWrites();
                tour.scan();
                tour.batch();
                return MapBench.latencies(grid, " over UDP", size.entries(), size.seconds());
            }
        }
    }

    private static NodeContext context()
    {
        return new NodeContext().name("demo-" + ProcessHandle.current().pid());
    }

    private static long ms(final long start)
    {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void put(final Tour tour)
    {
        try (ProgressBar bar = new ProgressBar(out, interactive, "  put"))
        {
            tour.put(interactive ? bar : Progress.NONE);
        }
    }

    private void show(final List<Result> results)
    {
        journal.line("");
        journal.line("  Latency, one caller; over UDP node and client share this process and its cores");
        journal.line("  (./grid bench map --floor measures against a floor):");
        journal.line("");
        long wrong = 0;
        for (final Result result : results)
        {
            wrong += result.subject().wrong();
        }

        journal.latencies(results);
        journal.step(wrong == 0, "answers", "%,d wrong", wrong);
    }
}
