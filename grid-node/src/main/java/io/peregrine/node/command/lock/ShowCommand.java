package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockInfo;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Command;

/**
 * Shows how a lock is.
 */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print who holds the lock, for how long yet, and how many wait for it.")
final class ShowCommand extends LockOperation
{
    @Override
    void run(final GridLock lock)
    {
        final LockInfo info = lock.show();
        final long remainingMs = info.remaining().toMillis();
        print(
            !info.held() ? "free" : "held: holder " + info.holder() + " fence " + info.fence() + " remaining " +
                remainingMs + " ms, " + info.waiters() + " waiting",
            new Json().field("lock", name())
                .field("held", info.held())
                .field("holder", info.holder())
                .field("fence", info.fence())
                .field("remaining_ms", remainingMs)
                .field("waiters", info.waiters()));
    }
}
