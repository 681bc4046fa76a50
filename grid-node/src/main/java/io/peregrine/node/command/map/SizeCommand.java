package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Command;

/**
 * Counts entries.
 */
@Command(
    name = "size",
    mixinStandardHelpOptions = true,
    description = "Print how many entries there are, with those whose expiry is due and not yet carried out.")
final class SizeCommand extends MapOperation
{
    @Override
    int run(final Grid grid)
    {
        final long size = existing(grid).sizeAsLong();
        out().println(map().json() ? new Json().field("map", map().name()).field("size", size) : Long.toString(size));
        return DONE;
    }
}
