package io.peregrine.node.command;

import io.peregrine.node.ChildLimit;
import io.peregrine.transport.process.UdpPort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The command line in a process of its own. Closing it kills what still runs.
 */
public final class GridProcess implements AutoCloseable
{
    /**
     * What the JVM needs, and what it is started faster with.
     */
    public static final List<String> FLAGS = List.of(
        "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1");
    private static final long END_S = 60;
    private static final long LOOK_MS = 10;

    private final Process process;
    private final BufferedReader reader;
    private final StringBuilder out = new StringBuilder();
    private final Path err;

    private GridProcess(final Process process, final Path err)
    {
        this.process = process;
        this.err = err;
        reader = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param dir  for its files.
     * @param args of the command line.
     * @return the process, started.
     * @throws IOException when it cannot be started.
     */
    public static GridProcess start(final Path dir, final String... args) throws IOException
    {
        return start(FLAGS, dir, args);
    }

    /**
     * @param flags of its JVM, all of them.
     * @param dir   for its files.
     * @param args  of the command line.
     * @return the process, started.
     * @throws IOException when it cannot be started.
     */
    public static GridProcess start(final List<String> flags, final Path dir, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(GridTool.class.getName());
        command.addAll(List.of(args));
        final Path err = Files.createTempFile(dir, "err", "");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PEREGRINE_"));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return new GridProcess(builder.start(), err);
    }

    /**
     * Start a node, and wait until it serves.
     *
     * @param dir  for its files.
     * @param bind its address.
     * @param args further arguments.
     * @return the process.
     * @throws IOException when it cannot be started.
     */
    public static GridProcess node(final Path dir, final String bind, final String... args) throws IOException
    {
        final List<String> all = new ArrayList<>(List.of(
            "node", "--bind", bind, "--memory-limit", "64m", "--set", "live.dir=" + dir.resolve("live")));
        all.addAll(List.of(args));
        final GridProcess node = start(dir, all.toArray(String[]::new));
        node.awaitLine("grid node: serving at " + bind);
        return node;
    }

    /**
     * @return an address of this machine with two ports that nobody has, that one and the next.
     */
    public static String freeAddress()
    {
        return UdpPort.free();
    }

    /**
     * Wait for a line of its output; it is killed where that takes too long.
     *
     * @param start of the line.
     * @throws IOException when its output cannot be read.
     */
    public void awaitLine(final String start) throws IOException
    {
        final CompletableFuture<Void> isOver = ChildLimit.waitFor(process);
        String line;
        do
        {
            line = reader.readLine();
            if (line == null)
            {
                throw new AssertionError("it ended without '" + start + "': " + out + err());
            }
            out.append(line).append('\n');
        }
        while (!line.startsWith(start));
        isOver.complete(null);
    }

    /**
     * @param name of a signal, such as TERM.
     * @return this.
     */
    GridProcess signal(final String name) throws IOException, InterruptedException
    {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        return this;
    }

    /**
     * Ask it to stop, and wait until it has ended.
     *
     * @return what it wrote and how it ended.
     * @throws IOException          when its output cannot be read.
     * @throws InterruptedException when interrupted.
     */
    public CommandRun stop() throws IOException, InterruptedException
    {
        return signal("TERM").end();
    }

    /**
     * Kill it without warning, and wait until it is gone.
     */
    void kill() throws InterruptedException
    {
        process.destroyForcibly().waitFor();
    }

    /**
     * Wait until it has ended; it is killed where that takes too long.
     *
     * @return what it wrote and how it ended.
     * @throws IOException          when its output cannot be read.
     * @throws InterruptedException when interrupted.
     */
    public CommandRun end() throws IOException, InterruptedException
    {
        ChildLimit.watched(process);
        reader.lines().forEach(line -> out.append(line).append('\n'));
        if (!process.waitFor(END_S, TimeUnit.SECONDS))
        {
            throw new AssertionError("it does not end: " + out + err());
        }
        return new CommandRun(process.exitValue(), out.toString(), err());
    }

    /**
     * @return whether it still runs, after a moment.
     */
    boolean isRunning() throws InterruptedException
    {
        return !process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * @return the number of the process.
     */
    public long pid()
    {
        return process.pid();
    }

    private String err() throws IOException
    {
        return Files.readString(err);
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }
}
