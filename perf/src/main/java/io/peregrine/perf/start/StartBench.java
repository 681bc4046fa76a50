package io.peregrine.perf.start;

import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Medians;
import io.peregrine.perf.rig.Progress;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts a node in a new JVM several times, and takes the time until its first answer to a read and a write. The time
 * to make the process is in it.
 */
public final class StartBench
{
    private static final double NS_PER_MS = 1e6;

    private final double[] tookMs;

    /**
     * Measure.
     *
     * @param tries    at least 1.
     * @param progress to tell.
     * @throws InterruptedException when interrupted.
     */
    public StartBench(final int tries, final Progress progress) throws InterruptedException
    {
        tookMs = new double[tries];
        for (int i = 0; i < tries; i++)
        {
            progress.at("start " + (i + 1), i / (double) tries);
            tookMs[i] = start();
        }
    }

    private static double start() throws InterruptedException
    {
        final long begin = System.nanoTime();
        try (ChildProcess node = new ChildProcess("process of the node", command()))
        {
            node.await(ReadyNode.READY);
            return (System.nanoTime() - begin) / NS_PER_MS;
        }
    }

    private static List<String> command()
    {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ReadyNode.class.getName());
        return command;
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"start\",\"mode\":\"embedded\",\"tries\":" + tookMs.length +
            ",\"ready_ms\":" + JsonLines.number(Medians.of(tookMs)) +
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
            "start: first write and read answered %.0f ms after the JVM was started (median of %d, spread %.0f %%)",
            Medians.of(tookMs),
            tookMs.length,
            Medians.spread(tookMs) * 100);
    }
}
