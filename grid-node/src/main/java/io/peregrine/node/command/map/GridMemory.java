package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.node.command.CommandFailure;

/**
 * Which memory of the grid a file is of. A grid that lost its memory holds other entries, and half a file of each would
 * look whole.
 */
final class GridMemory
{
    private static final long LOOK_EVERY = 10_000;

    private final Grid grid;
    private final String id;
    private long lookedAt;

    /**
     * @param grid that something is about to be done with.
     */
    GridMemory(final Grid grid)
    {
        this.grid = grid;
        id = current();
    }

    /**
     * @return its number, to be remembered beside a file.
     */
    String id()
    {
        return id;
    }

    /**
     * Look now and then, so that nobody waits for the end of what is worth nothing.
     *
     * @param entries done so far.
     * @param remedy  what to do when it is another memory now.
     */
    void look(final long entries, final String remedy)
    {
        if (entries - lookedAt < LOOK_EVERY)
        {
            return;
        }
        lookedAt = entries;
        try
        {
            check(remedy);
        }
        catch (final GridException ex)
        {
            // What cannot be asked now is asked in the end.
            return;
        }
    }

    /**
     * @param remedy what to do when it is another memory now.
     */
    void check(final String remedy)
    {
        if (!current().equals(id))
        {
            throw new CommandFailure("the grid lost its memory meanwhile, and holds other entries: " + remedy);
        }
    }

    private String current()
    {
        return Long.toHexString(grid.nodeStatus().gridId());
    }
}
