package io.peregrine.node.command;

import io.peregrine.client.ClientSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The command line against a node in a process of its own, over UDP.
 */
@Tag("long")
@Timeout(240)
class RemoteCommandsTest
{
    private static final int FIRST_LINES = 100_000;
    private static final int MOST_LINES = 10_000_000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path dir;

    private final String bind = GridProcess.freeAddress();

    @Test
    void shouldWorkOnAMapAndTellTheStatus() throws Exception
    {
        try (GridProcess node = GridProcess.node(dir, bind, "--name", "n1"))
        {
            assertTrue(done("map", "m", "put", "k", "v").startsWith("version "));
            assertEquals("v\n", done("map", "m", "get", "k"));
            assertEquals("1\n", done("map", "m", "size"));
            assertEquals("k\tv\n", done("map", "m", "scan"));
            final CommandRun absent = run("map", "m", "get", "other");
            assertEquals(GridCommand.FAILED, absent.exitCode());
            assertTrue(absent.err().contains("there is no entry 'other'"), absent.err());

            final String status = statusOfTheOnlyClient();
            assertTrue(status.startsWith("n1 of grid 'grid' at " + bind + ", up "), status);
            assertTrue(status.contains("1 entries"), status);
            assertEquals("", done("map", "m", "destroy"));
            assertEquals(GridCommand.DONE, node.signal("TERM").end().exitCode());
        }
    }

    @Test
    void shouldSayThatNoNodeAnswers()
    {
        final String patience = ClientSettings.CONNECT_TIMEOUT.propertyName();
        System.setProperty(patience, "300ms");
        try
        {
            final CommandRun run = run("status");
            assertEquals(GridCommand.FAILED, run.exitCode());
            assertTrue(run.err().startsWith("grid status: NOT_CONNECTED") && run.err().contains(bind), run.err());
        }
        finally
        {
            System.clearProperty(patience);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void shouldGoOnWithALoadThatASignalEnded(final String signal) throws Exception
    {
        try (GridProcess node = GridProcess.node(dir, bind))
        {
            assertTrue(node.pid() > 0);
            final int lines = endInTheMiddle(FIRST_LINES, signal);
            final CommandRun run = run("map", "m", "load", dir.resolve("file").toString());
            assertEquals(GridCommand.DONE, run.exitCode(), run.err());
            assertTrue(run.err().startsWith("goes on behind line "), run.err());
            assertEquals(lines + "\n", done("map", "m", "size"));
        }
    }

    /**
     * The node may not know yet that the clients of former runs are gone.
     */
    private String statusOfTheOnlyClient()
    {
        final long startNs = System.nanoTime();
        String status = done("status");
        while (!status.contains("  clients      1,"))
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, status);
            status = done("status");
        }
        return status;
    }

    /**
     * @return lines of a file that is so long that the load of it was ended before.
     */
    private int endInTheMiddle(final int lines, final String signal) throws Exception
    {
        assertTrue(lines <= MOST_LINES, "no load could be ended before its end");
        final Path file = dir.resolve("file");
        final Path state = dir.resolve("file.loaded");
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++)
        {
            text.append(i).append("\tv\n");
        }
        Files.writeString(file, text);
        try (GridProcess load = GridProcess.start(dir, "map", "m", "load", file.toString(), "--connect", bind))
        {
            while (load.isRunning() && !Files.exists(state))
            {
                Thread.onSpinWait();
            }
            final CommandRun run = load.signal(signal).end();
            if (!Files.exists(state))
            {
                return endInTheMiddle(2 * lines, signal);
            }
            assertTrue(signal.equals("KILL") || run.err().contains("interrupted by SIGTERM"), run.err());
            return lines;
        }
    }

    private String done(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        return run.out().replace(System.lineSeparator(), "\n");
    }

    private CommandRun run(final String... args)
    {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--connect";
        all[args.length + 1] = bind;
        return CommandRun.of(all);
    }
}
