package io.peregrine.node.command;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GridToolTest
{
    @Test
    void shouldListTheCommandsInItsHelp()
    {
        final CommandRun run = CommandRun.of("--help");

        assertEquals(GridCommand.DONE, run.exitCode());
        for (final String command : new String[]{"completion", "errors", "stat"})
        {
            assertTrue(run.out().contains("  " + command), run.out());
        }
        assertEquals("", run.err());
    }

    @Test
    void shouldExplainEachCommand()
    {
        for (final String command : GridTool.commandLine().getSubcommands().keySet())
        {
            final CommandRun run = CommandRun.of(command, "--help");
            assertEquals(GridCommand.DONE, run.exitCode(), command);
            assertTrue(run.out().contains("Usage: grid " + command), run.out());
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenTheUsageIs()
    {
        assertUsage(CommandRun.of(), "a command is missing");
        assertUsage(CommandRun.of("stats"), "there is no command 'stats'", "stat");
        assertUsage(CommandRun.of("stat", "--jsn"), "'--jsn'", "Try 'grid stat --help'");
        assertUsage(CommandRun.of("stat", "--watch", "x"), "--watch");
        assertUsage(CommandRun.of("stat", "--watch=-1"), "--watch");
    }

    @Test
    void shouldShowAStackTraceOnlyWhenAskedFor()
    {
        final CommandRun quiet = CommandRun.of("stat", "--live-dir", "absent");
        final CommandRun debug = CommandRun.of("stat", "--live-dir", "absent", "--debug");

        assertEquals(GridCommand.FAILED, quiet.exitCode());
        assertTrue(quiet.err().startsWith("grid stat: no node shows itself in absent"), quiet.err());
        assertFalse(quiet.err().contains("    at "), quiet.err());
        assertEquals(GridCommand.FAILED, debug.exitCode());
        assertTrue(debug.err().contains("    at io.peregrine"), debug.err());
    }

    @Test
    void shouldPrintVersionAndCompletion()
    {
        assertTrue(CommandRun.of("--version").out().startsWith("Peregrine "));
        final CommandRun completion = CommandRun.of("completion");
        assertTrue(completion.out().contains("_complete_grid"), completion.out());
        assertTrue(completion.out().contains("--live-dir"), completion.out());
    }

    private static void assertUsage(final CommandRun run, final String... parts)
    {
        assertEquals(GridCommand.USAGE, run.exitCode(), run.err());
        assertEquals("", run.out());
        for (final String part : parts)
        {
            assertTrue(run.err().contains(part), run.err());
        }
    }
}
