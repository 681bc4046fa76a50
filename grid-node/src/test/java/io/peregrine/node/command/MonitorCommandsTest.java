package io.peregrine.node.command;

import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.NodeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MonitorCommandsTest
{
    @TempDir
    Path dir;

    @Test
    void shouldShowTheCountersOfARunningNode()
    {
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            file.newCounter(CounterType.REQUESTS, 0).set(1_234_567);
            final CommandRun run = grid("stat");

            assertEquals(GridCommand.DONE, run.exitCode(), run.err());
            assertTrue(run.out().startsWith("n1: running; pid " + ProcessHandle.current().pid()), run.out());
            assertTrue(run.out().contains("requests agent=0"), run.out());
            assertTrue(run.out().contains("1,234,567"), run.out());
            assertTrue(run.out().contains(CounterType.REQUESTS.meaning()), run.out());
        }
    }

    @Test
    void shouldSayThatANodeIsSilentWhenItsDutyCycleDoesNotTurn()
    {
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            file.activity(System.currentTimeMillis() - 2 * NodeHealth.SILENT_AFTER_MS);

            assertTrue(grid("stat").out().startsWith("n1: SILENT"), grid("stat").out());
            assertTrue(grid("errors").out().startsWith("n1: SILENT"), grid("errors").out());
        }
    }

    @Test
    void shouldShowEachDistinctErrorOnce()
    {
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            assertTrue(grid("errors").out().contains("no errors"), grid("errors").out());
            for (int i = 0; i < 2; i++)
            {
                file.onError(new IllegalStateException("boom"));
            }
            final CommandRun run = grid("errors");

            assertEquals(GridCommand.DONE, run.exitCode());
            assertTrue(run.out().contains("2 times, first at"), run.out());
            assertEquals(1, run.out().split("IllegalStateException: boom", -1).length - 1, run.out());
        }
    }

    @Test
    void shouldPrintOneObjectALineWhenAskedForJson()
    {
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            file.newCounter(CounterType.REQUESTS, 0).set(7);
            file.onError(new IllegalStateException("a \"quoted\" word"));
            final String requests = grid("stat", "--json").out().lines()
                .filter(line -> line.contains("\"requests agent=0\"")).findFirst().orElseThrow();
            final CommandRun errors = grid("errors", "--json");

            assertTrue(requests.startsWith("{\"node\":\"n1\",\"pid\":") && requests.endsWith("}"), requests);
            assertTrue(requests.contains("\"value\":7,"), requests);
            assertEquals(1, errors.out().lines().count(), errors.out());
            assertTrue(errors.out().contains("a \\\"quoted\\\" word"), errors.out());
        }
    }

    @Test
    void shouldShowAgainWithTheChangeWhenWatching()
    {
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            file.newCounter(CounterType.REQUESTS);
            final CommandRun run = grid("stat", "--watch=0.01", "--count=2");

            assertEquals(2, run.out().lines().filter(line -> line.startsWith("n1: ")).count(), run.out());
            assertTrue(run.out().contains("+0/s"), run.out());
        }
    }

    @Test
    void shouldTellOneNodeFromAnotherByName()
    {
        try (NodeFile first = NodeFile.create(dir, "n1", System::currentTimeMillis);
            NodeFile second = NodeFile.create(dir, "n2", System::currentTimeMillis))
        {
            first.newCounter(CounterType.EXPIRED);
            second.newCounter(CounterType.EVICTED);

            assertTrue(grid("stat").out().contains("n1: ") && grid("stat").out().contains("n2: "));
            final String out = grid("stat", "--name", "n2").out();
            assertTrue(out.contains("evicted") && !out.contains("n1: "), out);
            final CommandRun absent = grid("stat", "--name", "n3");
            assertEquals(GridCommand.FAILED, absent.exitCode());
            assertTrue(absent.err().contains("n3.node"), absent.err());
        }
    }

    @Test
    void shouldLeaveOutWhatIsNoNodesFile() throws IOException
    {
        Files.write(dir.resolve("odd.node"), new byte[1]);
        try (NodeFile file = NodeFile.create(dir, "n1", System::currentTimeMillis))
        {
            final CommandRun run = grid("stat");

            assertTrue(run.err().contains("left out: ") && run.err().contains("odd.node"), run.err());
            assertTrue(run.out().contains(file.path().getFileName().toString().replace(".node", ": ")), run.out());
        }
    }

    private CommandRun grid(final String command, final String... more)
    {
        final String[] args = new String[more.length + 3];
        args[0] = command;
        args[1] = "--live-dir";
        args[2] = dir.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandRun.of(args);
    }
}
