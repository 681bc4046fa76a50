package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import picocli.CommandLine.Command;

/**
 * Removes a map.
 */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    description = "Remove the map with all its entries, for every user, without a question.")
final class DestroyCommand extends MapOperation
{
    @Override
    int run(final Grid grid)
    {
        existing(grid).destroy();
        return DONE;
    }
}
