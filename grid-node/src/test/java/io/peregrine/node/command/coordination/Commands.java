package io.peregrine.node.command.coordination;

import io.peregrine.client.Grid;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;

import java.util.List;
import java.util.function.Function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Runs one command on one thing of an embedded grid.
 */
final class Commands
{
    private final Grid grid;
    private final Function<GridSource, GridCommand> command;
    private final String[] first;

    Commands(final Grid grid, final Function<GridSource, GridCommand> command, final String... first)
    {
        this.grid = grid;
        this.command = command;
        this.first = first;
    }

    CommandRun run(final String... args)
    {
        final String[] all = new String[first.length + args.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(args, 0, all, first.length, args.length);
        return CommandRun.with(List.of(command.apply((address) -> new GridSource.Connection(grid, () ->
        {
        }))), all);
    }

    String done(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        return run.out().replace(System.lineSeparator(), "\n");
    }

    void assertFailed(final String message, final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    void assertWrongUsage(final String... args)
    {
        assertEquals(GridCommand.USAGE, run(args).exitCode(), () -> String.join(" ", args));
    }
}
