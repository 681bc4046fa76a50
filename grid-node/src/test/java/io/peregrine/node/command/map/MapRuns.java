package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs of {@code grid map} on a grid of this process.
 */
final class MapRuns
{
    private final Grid grid;
    private final Predicate<Consumer<String>> signals;

    MapRuns(final Grid grid)
    {
        this(grid, handler -> true);
    }

    /**
     * @param grid    to work on.
     * @param signals by which the runs are asked to end.
     */
    MapRuns(final Grid grid, final Predicate<Consumer<String>> signals)
    {
        this.grid = grid;
        this.signals = signals;
    }

    CommandRun run(final String... args)
    {
        final List<String> all = new ArrayList<>(List.of("map"));
        all.addAll(List.of(args));
        final GridSource source = address -> new GridSource.Connection(grid, () -> { });
        return CommandRun.with(List.of(new GridMapCommand(source, signals)), all.toArray(String[]::new));
    }
}
