package io.peregrine.node.command.coordination;

import io.peregrine.client.GridIds;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes ids.
 */
@Command(
    name = "id",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Make unique ids with a slot of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {"", "Ids of one name are unique among themselves. The name need not be made."})
public final class GridIdCommand extends NamedCommand
{
    /**
     * Reaches grids over the network.
     */
    public GridIdCommand()
    {
        this(GridSource.REMOTE);
    }

    GridIdCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "next", mixinStandardHelpOptions = true, description = "Print an id, or several, one a line.")
    int next(@Option(names = "--count", paramLabel = "N", description = "How many (default: 1).") final Integer count)
    {
        final int wanted = checkedCount(count);
        return on((grid) ->
        {
            try (GridIds ids = grid.ids(name()))
            {
                for (int i = 0; i < wanted; i++)
                {
                    final long id = ids.next();
                    print(Long.toString(id), named()
                        .field("value", id)
                        .field("time_ms", GridIds.timeOf(id))
                        .field("slot", GridIds.slotOf(id)));
                }
                return DONE;
            }
        });
    }
}
