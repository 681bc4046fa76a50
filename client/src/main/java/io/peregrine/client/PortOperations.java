package io.peregrine.client;

import java.util.function.Function;

/**
 * What operators ask, over the grid's port. Any thread.
 */
final class PortOperations implements GridOperations
{
    private final PortGrid grid;

    PortOperations(final PortGrid grid)
    {
        this.grid = grid;
    }

    @Override
    public NodeStatus node(final int member)
    {
        return call((calls) -> new StatusCall().ask(calls, member));
    }

    @Override
    public PartitionsStatus partitions(final int member, final int agents)
    {
        return call((calls) -> new PartitionsCall().ask(calls, member, agents));
    }

    private <T> T call(final Function<BlockingCalls, T> question)
    {
        final Caller caller = grid.caller();
        caller.enter();
        try
        {
            return question.apply(caller.calls());
        }
        finally
        {
            caller.exit();
        }
    }
}
