package io.peregrine.perf.grid;

import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Medians;
import io.peregrine.perf.rig.Progress;

import java.util.Locale;

/**
 * Starts the nodes of a new grid together several times, and takes the time from the start of the first process until
 * the last node serves.
 */
public final class StartAllBench
{
    private static final long MEMORY = 256L << 20;
    private static final double NS_PER_MS = 1e6;

    private final int nodes;
    private final double[] tookMs;

    /**
     * Measure.
     *
     * @param nodes    of the grid.
     * @param tries    at least 1.
     * @param progress to tell.
     * @throws InterruptedException when interrupted.
     */
    public StartAllBench(final int nodes, final int tries, final Progress progress) throws InterruptedException
    {
        this.nodes = nodes;
        tookMs = new double[tries];
        for (int i = 0; i < tries; i++)
        {
            progress.at("start " + (i + 1), i / (double) tries);
            tookMs[i] = start(nodes);
        }
    }

    private static double start(final int nodes) throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            GridProcesses grid = new GridProcesses(workplace, new GridProcesses.Site(nodes, 0, MEMORY, false)))
        {
            final long beginNs = System.nanoTime();
            grid.startAll(nodes);
            return (System.nanoTime() - beginNs) / NS_PER_MS;
        }
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"start\",\"mode\":\"udp\",\"nodes\":" + nodes + ",\"tries\":" + tookMs.length +
            ",\"serving_ms\":" + JsonLines.number(Medians.of(tookMs)) +
            ",\"spread\":" + JsonLines.number(Medians.spread(tookMs)) +
            ",\"verdict\":\"OK\"}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT,
            "start: all of %d nodes served %.0f ms after their JVMs were started (median of %d, spread %.0f %%)",
            nodes, Medians.of(tookMs), tookMs.length, Medians.spread(tookMs) * 100);
    }
}
