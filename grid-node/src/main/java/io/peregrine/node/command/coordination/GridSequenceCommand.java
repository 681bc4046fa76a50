package io.peregrine.node.command.coordination;

import io.peregrine.client.GridSequence;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Operations on a sequence.
 */
@Command(
    name = "sequence",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Take numbers of a sequence of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {"", "A sequence need not be made: its first number is 1."})
public final class GridSequenceCommand extends NamedCommand
{
    /**
     * Reaches grids over the network.
     */
    public GridSequenceCommand()
    {
        this(GridSource.REMOTE);
    }

    GridSequenceCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "next", mixinStandardHelpOptions = true,
        description = "Print the next number, or several that follow on each other, one a line.")
    int next(@Option(names = "--count", paramLabel = "N", description = "How many (default: 1).") final Integer count)
    {
        final int wanted = checkedCount(count);
        return on((grid) ->
        {
            final GridSequence sequence = grid.sequence(name(), wanted);
            for (int i = 0; i < wanted; i++)
            {
                final long number = sequence.next();
                print(Long.toString(number), named().field("number", number));
            }
            return DONE;
        });
    }

    @Command(name = "skip-to", mixinStandardHelpOptions = true, description = "Give no number up to this one any more.")
    int skipTo(@Parameters(paramLabel = "N", description = "The last not to be given.") final long last)
    {
        return on((grid) ->
        {
            grid.sequence(name()).skipTo(last);
            return print("skipped to " + last, named().field("skipped_to", last));
        });
    }
}
