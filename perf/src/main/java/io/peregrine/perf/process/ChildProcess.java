package io.peregrine.perf.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that lives no longer than this one: it is asked to end by the end of its standard input, and killed when it
 * does not, or when this process ends without closing it. What it prints is read line by line. One thread.
 */
public final class ChildProcess implements AutoCloseable
{
    private static final long END_SECONDS = 10;
    private static final long LINE_SECONDS = 180;
    private static final int MOST_LINES = 10_000;

    /**
     * What no line can be.
     */
    private static final String NO_MORE = "\n";

    private final String name;
    private final Process process;
    private final PrintStream input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);

    /**
     * Start it.
     *
     * @param name    for messages.
     * @param command with its arguments.
     */
    public ChildProcess(final String name, final List<String> command)
    {
        this.name = name;
        try
        {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the " + name + " cannot be started: " + ex.getMessage(), ex);
        }

        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Remains.add(process);
        final Thread reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read()
    {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8))
        {
            for (String line = output.readLine(); line != null; line = output.readLine())
            {
                lines.offer(line);
            }
        }
        catch (final IOException ex)
        {
            lines.offer("unreadable: " + ex.getMessage());
        }

        lines.offer(NO_MORE);
    }

    /**
     * Write a line to its standard input.
     *
     * @param line without its end.
     */
    public void tell(final String line)
    {
        input.println(line);
    }

    /**
     * Wait for a line of its standard output; others before it are dropped.
     *
     * @param beginning of the line.
     * @return the rest of it.
     * @throws InterruptedException when interrupted.
     */
    public String await(final String beginning) throws InterruptedException
    {
        final long startNs = System.nanoTime();
        String last = "nothing";
        for (long left = TimeUnit.SECONDS.toNanos(LINE_SECONDS); left > 0;
            left = TimeUnit.SECONDS.toNanos(LINE_SECONDS) - (System.nanoTime() - startNs))
        {
            final String line = lines.poll(left, TimeUnit.NANOSECONDS);
            if (NO_MORE.equals(line))
            {
                lines.offer(NO_MORE);
                end();
                throw new IllegalStateException("the " + name + " ended by itself, with code " + process.exitValue() +
                    "; it said last: " + last);
            }
            if (line != null && line.startsWith(beginning))
            {
                return line.substring(beginning.length());
            }

            last = line == null ? last : line;
        }

        throw new IllegalStateException(
            "the " + name + " did not say '" + beginning + "' within " + LINE_SECONDS + " s; it said last: " + last);
    }

    /**
     * Take what it has said, without waiting.
     *
     * @param beginning of the line that is looked for; others are dropped.
     * @return the rest of the last line that begins so, or null.
     */
    public String last(final String beginning)
    {
        String last = null;
        for (String line = lines.poll(); line != null && !NO_MORE.equals(line); line = lines.poll())
        {
            last = line.startsWith(beginning) ? line.substring(beginning.length()) : last;
        }

        return last;
    }

    /**
     * Of the process.
     *
     * @return its number on this machine.
     */
    public long pid()
    {
        return process.pid();
    }

    /**
     * Does it run?
     *
     * @return false for ever once it has ended.
     */
    public boolean isAlive()
    {
        return process.isAlive();
    }

    /**
     * End it at once, as a crash would, and wait until it is gone.
     */
    public void kill()
    {
        crash();
        end();
    }

    /**
     * End it at once, as a crash would, without waiting until the machine has taken back what it had.
     */
    public void crash()
    {
        process.destroyForcibly();
    }

    /**
     * Have it stand still, as where its machine has no time for it, or go on.
     *
     * @param isStill or goes on.
     */
    public void standStill(final boolean isStill)
    {
        try
        {
            final Process signal = new ProcessBuilder("kill", isStill ? "-STOP" : "-CONT", Long.toString(pid()))
                .inheritIO().start();
            if (signal.waitFor() != 0)
            {
                throw new IllegalStateException("the " + name + " cannot be paused or woken: 'kill' failed");
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the " + name + " cannot be paused or woken", ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close()
    {
        input.close();
        end();
    }

    private void end()
    {
        boolean isInterrupted = Thread.interrupted();
        try
        {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (final InterruptedException ex)
        {
            isInterrupted = true;
            process.destroyForcibly();
        }

        Remains.remove(process);
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
