package io.peregrine.perf.soak;

import io.peregrine.node.command.GridTool;
import io.peregrine.transport.process.JvmFlags;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own, run by the command line. Its Java heap is touched at the start, so that what grows
 * later is something else.
 */
final class NodeProcess implements AutoCloseable
{
    private static final String SERVING = "grid node: serving at ";
    private static final long STOP_S = 20;

    private final Process process;

    private NodeProcess(final Process process)
    {
        this.process = process;
    }

    /**
     * Start one, and wait until it serves.
     *
     * @param address     for it.
     * @param memoryLimit of its maps.
     * @return the node.
     * @throws IOException when it does not serve.
     */
    static NodeProcess start(final String address, final String memoryLimit) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of(JvmFlags.REQUIRED.split(" ")));
        command.addAll(List.of("-Dagrona.disable.bounds.checks=true", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GridTool.class.getName()));
        command.addAll(List.of("node", "--bind", address, "--memory-limit", memoryLimit));
        command.addAll(List.of("--name", "soak-" + ProcessHandle.current().pid()));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        final String line = reader.readLine();
        if (line == null || !line.startsWith(SERVING))
        {
            process.destroyForcibly();
            throw new IOException("the node does not serve; run ./grid node --bind " + address + " to see why");
        }
        return new NodeProcess(process);
    }

    long pid()
    {
        return process.pid();
    }

    boolean isRunning()
    {
        return process.isAlive();
    }

    /**
     * Ask it to stop; kill it when it does not.
     */
    @Override
    public void close()
    {
        process.destroy();
        try
        {
            if (process.waitFor(STOP_S, TimeUnit.SECONDS))
            {
                return;
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
