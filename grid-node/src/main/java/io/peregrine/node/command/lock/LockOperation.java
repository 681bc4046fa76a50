package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * An operation on one lock: connected before it begins, and closed behind it.
 */
abstract class LockOperation implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private GridLockCommand parent;

    @Override
    public final Integer call()
    {
        try (GridSource.Connection connection = parent.connect())
        {
            run(connection.grid().lock(parent.name()));
            return DONE;
        }
    }

    abstract void run(GridLock lock);

    final String name()
    {
        return parent.name();
    }

    /**
     * Print what was done or seen.
     */
    final void print(final String text, final Json json)
    {
        spec.commandLine().getOut().println(parent.json() ? json : text);
    }

    /**
     * Print a lease that outlives this command.
     */
    final void printLease(final LockLease lease)
    {
        final long remainingMs = lease.remaining().toMillis();
        lease.detach();
        print("holder " + lease.holder() + " fence " + lease.fence() + " remaining " + remainingMs + " ms",
            new Json().field("lock", name())
                .field("holder", lease.holder())
                .field("fence", lease.fence())
                .field("remaining_ms", remainingMs));
    }
}
