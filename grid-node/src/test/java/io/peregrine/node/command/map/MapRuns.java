package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridSource;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of {@code grid map} on a grid of this process.
 */
final class MapRuns
{
    private final Grid grid;

    MapRuns(final Grid grid)
    {
        this.grid = grid;
    }

    CommandRun run(final String... args)
    {
        final List<String> all = new ArrayList<>(List.of("map"));
        all.addAll(List.of(args));
        final GridSource source = address -> new GridSource.Connection(grid, () -> { });
        return CommandRun.with(List.of(new GridMapCommand(source)), all.toArray(String[]::new));
    }
}
