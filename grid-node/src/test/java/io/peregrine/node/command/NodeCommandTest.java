package io.peregrine.node.command;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class NodeCommandTest
{
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldServeUntilItIsAskedToStop(final String signal) throws Exception
    {
        Assumptions.assumeFalse(isIgnoredHere(signal), "this process, and so its children, were told to ignore it");
        final String bind = GridProcess.freeAddress();
        try (GridProcess node = GridProcess.node(dir, bind, "--name", "n1", "--dir", dir.resolve("d").toString()))
        {
            final CommandRun stat = CommandRun.of("stat", "--live-dir", dir.resolve("live").toString());
            assertTrue(stat.out().startsWith("n1: running; pid " + node.pid()), stat.out() + stat.err());

            final CommandRun run = node.signal(signal).end();
            assertEquals(GridCommand.DONE, run.exitCode(), run.out() + run.err());
            assertTrue(run.out().contains("as n1 (process " + node.pid() + ")"), run.out());
            assertTrue(run.out().contains("SIG" + signal + " came, stopping"), run.out());
            assertTrue(run.out().endsWith("grid node: stopped\n"), run.out());
            for (final String event : new String[]{"serving", "stopping", "closed"})
            {
                assertTrue(run.err().contains("node n1 " + event), run.err());
            }
            assertFalse(Files.exists(dir.resolve("live/n1.node")), "the node shows itself no more");
        }
    }

    @Test
    void shouldStartAtOnceInThePlaceOfOneThatWasKilled() throws Exception
    {
        final String bind = GridProcess.freeAddress();
        final String[] args = {"--name", "n1", "--dir", dir.resolve("d").toString()};
        try (GridProcess first = GridProcess.node(dir, bind, args))
        {
            first.kill();
            try (GridProcess second = GridProcess.node(dir, bind, args))
            {
                assertEquals(GridCommand.DONE, second.signal("TERM").end().exitCode());
            }
        }
    }

    @Test
    void shouldSayWhatIsTakenWhenAnotherNodeIsThere() throws Exception
    {
        final String bind = GridProcess.freeAddress();
        final String home = dir.resolve("d").toString();
        try (GridProcess node = GridProcess.node(dir, bind, "--name", "n1", "--dir", home))
        {
            assertRefused("cannot listen at " + bind, "another process has the port", "node", "--bind", bind);
            assertRefused("process " + node.pid(), "n1", "node", "--bind", GridProcess.freeAddress(), "--name", "n1");
            assertRefused("process " + node.pid(), home, "node", "--bind", GridProcess.freeAddress(), "--dir", home);
            assertEquals(GridCommand.DONE, node.signal("TERM").end().exitCode());
        }
    }

    @Test
    void shouldNameTheFlagsThatTheJvmWasStartedWithout() throws Exception
    {
        try (GridProcess node = GridProcess.start(List.of(), dir, "node"))
        {
            final CommandRun run = node.end();
            assertEquals(GridCommand.FAILED, run.exitCode());
            assertTrue(run.err().contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED"), run.err());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2 | node --bind nowhere                | bind = 'nowhere' (from the command line): it must be HOST:PORT",
        "2 | node --set partitons=7             | did you mean 'partitions'?",
        "2 | node --set partitions              | partitions",
        "2 | node --name a --set name=b         | the setting 'name' is given twice",
        "2 | node --name a b                    | 'b'",
        "1 | node --set bind=                   | nobody could reach the node",
        "1 | node --set threading=invoker       | set inline or dedicated",
        "1 | node --config absent.properties    | absent.properties does not exist",
        "1 | node --bind 192.0.2.1:7389         | cannot listen at 192.0.2.1:7389",
        "1 | node --set agents=3 --set partitions=2 | agents must not be more than partitions",
        "1 | node --set replicas=2 --set min.in.sync=3 | min.in.sync",
        "1 | node --name a --dir d --bind h:9019 --seeds a=h:9020 | move bind, or the seed",
        "1 | node --name a --dir d --bind h:9025 --seeds a=h:9020 | move bind, or the seed"
    })
    void shouldSayWhatIsWrongWithWhatItWasGiven(final int exitCode, final String line, final String message)
    {
        final CommandRun run = CommandRun.of(line.split(" "));

        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("grid node: ") && run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    private void assertRefused(final String one, final String other, final String... args)
    {
        final String[] all = List.of(args).toArray(new String[args.length + 2]);
        all[args.length] = "--set";
        all[args.length + 1] = "live.dir=" + dir.resolve("live");
        final CommandRun run = CommandRun.of(all);
        assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(one) && run.err().contains(other), run.err());
    }

    private static boolean isIgnoredHere(final String signal) throws IOException
    {
        final Path status = Path.of("/proc/self/status");
        if (!signal.equals("INT") || !Files.exists(status))
        {
            return false;
        }
        final int number = 2;
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) >> number - 1 & 1) != 0);
    }
}
