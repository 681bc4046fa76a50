package io.peregrine.perf.demo;

import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.perf.map.MapBench;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.terminal.ProgressBar;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The demo from launch to close, with a table of latencies at the end.
 */
public final class DemoRun
{
    private static final double LATENCY_SECONDS = 1.5;

    private final PrintWriter out;
    private final boolean interactive;
    private final Journal journal;

    /**
     * @param out         to print to.
     * @param interactive whether that is a terminal.
     */
    public DemoRun(final PrintWriter out, final boolean interactive)
    {
        this.out = out;
        this.interactive = interactive;
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
        journal.line("Peregrine: one node in this process, each answer checked.");
        journal.line("");
        final long start = System.nanoTime();
        try (GridNode node = GridNode.launch(
            new NodeContext().name("demo-" + ProcessHandle.current().pid()).idleStrategies(YieldingIdleStrategy::new)))
        {
            final long launchMs = (System.nanoTime() - start) / 1_000_000;
            journal.step(true, "node", "ready %,d ms after the JVM began, %,d ms after the launch was called",
                ManagementFactory.getRuntimeMXBean().getUptime(), launchMs);
            steps(new Demo(node.grid(), journal, YieldingIdleStrategy.INSTANCE));
            latencies(node);
        }

        journal.line("");
        journal.line(journal.wrong() == 0 ? "All as it must be." : journal.wrong() + " steps came out wrong.");
        return journal.wrong();
    }

    private void steps(final Demo demo)
    {
        try (ProgressBar bar = new ProgressBar(out, interactive, "  put"))
        {
            demo.put(interactive ? bar : Progress.NONE);
        }

        demo.get();
        demo.conditionalWrites();
        demo.expiry();
        demo.scan();
        demo.batch();
    }

    private void latencies(final GridNode node) throws InterruptedException
    {
        journal.line("");
        journal.line("  Latency of this process, one caller (./grid bench map --floor measures against a floor):");
        journal.line("");
        long wrong = 0;
        final List<Result> results = MapBench.latencies(node.grid(), LATENCY_SECONDS);
        for (final Result result : results)
        {
            wrong += result.subject().wrong();
        }

        journal.latencies(results);
        journal.step(wrong == 0, "answers", "%,d wrong", wrong);
    }
}
