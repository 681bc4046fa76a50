package io.peregrine.node.command.coordination;

import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Operations on a counter.
 */
@Command(
    name = "counter",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Read and change a number of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {"", "A counter need not be made: it is 0 before it is changed for the first time."})
public final class GridCounterCommand extends NamedCommand
{
    /**
     * Reaches grids over the network.
     */
    public GridCounterCommand()
    {
        this(GridSource.REMOTE);
    }

    GridCounterCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Print the number.")
    int get()
    {
        return on((grid) -> print(grid.counter(name()).get()));
    }

    @Command(name = "set", mixinStandardHelpOptions = true, description = "Set the number, and print it.")
    int set(@Parameters(paramLabel = "N", description = "From now on.") final long value)
    {
        return on((grid) ->
        {
            grid.counter(name()).set(value);
            return print(value);
        });
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add to the number, and print the sum.")
    int add(@Parameters(paramLabel = "N", description = "To add.") final long delta)
    {
        return on((grid) -> print(grid.counter(name()).addAndGet(delta)));
    }

    @Command(name = "compare-and-set", mixinStandardHelpOptions = true,
        description = "Set the number if it is as expected, and print it. Exit code 1 where it is another.")
    int compareAndSet(
        @Parameters(paramLabel = "EXPECTED", description = "What it must be.") final long expected,
        @Parameters(paramLabel = "N", description = "From then on.") final long value)
    {
        return on((grid) ->
        {
            if (!grid.counter(name()).compareAndSet(expected, value))
            {
                throw new CommandFailure("the counter '" + name() + "' is not " + expected);
            }
            return print(value);
        });
    }

    private int print(final long value)
    {
        return print(Long.toString(value), named().field("value", value));
    }
}
