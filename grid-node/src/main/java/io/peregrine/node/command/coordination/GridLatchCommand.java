package io.peregrine.node.command.coordination;

import io.peregrine.client.LatchInfo;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * Operations on a latch.
 */
@Command(
    name = "latch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Count a latch of a grid down, and wait for it; the grid is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "A latch need not be made: the first who uses the name says where it begins, and others have to say the same."
    })
public final class GridLatchCommand extends NamedCommand
{
    /**
     * What is named where it does not matter, and no request says it.
     */
    private static final int ANY = Integer.MAX_VALUE;

    /**
     * Reaches grids over the network.
     */
    public GridLatchCommand()
    {
        this(GridSource.REMOTE);
    }

    GridLatchCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "count-down", mixinStandardHelpOptions = true,
        description = "Count one down, and print what is left.")
    int countDown(
        @Option(names = "--count", paramLabel = "N", required = true, description = "Where the latch begins.")
        final int count)
    {
        return on((grid) ->
        {
            final int left = grid.latch(name(), count).countDown();
            return print(Integer.toString(left), named().field("count", left));
        });
    }

    @Command(name = "await", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Wait until nothing is left to count. Exit code 1 where it was not so in the time to wait.")
    int await(
        @Option(names = "--count", paramLabel = "N", required = true, description = "Where the latch begins.")
        final int count,
        @Option(names = "--wait", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "How long to wait, such as 10s.")
        final Long waitNs)
    {
        return on((grid) ->
        {
            if (!grid.latch(name(), count).await(Duration.ofNanos(waitNs)))
            {
                throw new CommandFailure("the latch '" + name() + "' was not open in time");
            }
            return print("open", named().field("open", true));
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true,
        description = "Print what is left to count, where it began, and how many wait.")
    int show()
    {
        return on((grid) ->
        {
            final LatchInfo info = grid.latch(name(), ANY).show();
            return print(
                info.initial() == 0 ? "not in use" :
                    info.count() + " of " + info.initial() + " left, " + info.waiters() + " waiting",
                named().field("initial", info.initial())
                    .field("count", info.count())
                    .field("waiters", info.waiters()));
        });
    }

    @Command(name = "reset", mixinStandardHelpOptions = true,
        description = "Have it count anew from the beginning; where nobody waits for it, its name is free again. " +
            "Exit code 1 where it is not in use.")
    int reset()
    {
        return on((grid) ->
        {
            if (!grid.latch(name(), ANY).reset())
            {
                throw new CommandFailure("the latch '" + name() + "' is not in use");
            }
            return print("reset", named().field("reset", true));
        });
    }
}
