package io.peregrine.perf.soak;

import io.peregrine.node.command.GridTool;
import io.peregrine.transport.process.JvmFlags;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Path err;

    private NodeProcess(final Process process, final Path err)
    {
        this.process = process;
        this.err = err;
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
        final Path err = Files.createTempFile("soak", ".err");
        final Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        final BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        final String line = reader.readLine();
        if (line == null || !line.startsWith(SERVING))
        {
            process.destroyForcibly();
            final String said = Files.readString(err).strip();
            Files.delete(err);
            throw new IOException("the node does not serve: " + said);
        }
        return new NodeProcess(process, err);
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
    public void close() throws IOException
    {
        process.destroy();
        Files.deleteIfExists(err);
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
