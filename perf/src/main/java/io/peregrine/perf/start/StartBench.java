package io.peregrine.perf.start;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Medians;
import io.peregrine.perf.rig.Progress;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Starts a node in a new JVM several times, and takes the time until its first answer to a read and a write. The time
 * to make the process is in it.
 */
public final class StartBench
{
    private static final double NS_PER_MS = 1e6;
    private static final long LIMIT_SECONDS = 30;

    private final double[] tookMs;

    /**
     * Measure.
     *
     * @param tries    at least 1.
     * @param progress to tell.
     * @throws IOException          when a process cannot be started.
     * @throws InterruptedException when interrupted.
     */
    public StartBench(final int tries, final Progress progress) throws IOException, InterruptedException
    {
        tookMs = new double[tries];
        for (int i = 0; i < tries; i++)
        {
            progress.at("start " + (i + 1), i / (double) tries);
            tookMs[i] = start();
        }
    }

    private static double start() throws IOException, InterruptedException
    {
        final long begin = System.nanoTime();
        final Process process = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader reader = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            final String line = reader.readLine();
            final double took = (System.nanoTime() - begin) / NS_PER_MS;
            if (!ReadyNode.READY.equals(line))
            {
                throw new IOException("the node said " + line + " instead of " + ReadyNode.READY);
            }

            return took;
        }
        finally
        {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
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
