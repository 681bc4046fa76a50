package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import picocli.CommandLine.Option;

/**
 * Who holds the lock, as it was printed when the lock was acquired.
 */
final class Holder
{
    @Option(names = "--holder", paramLabel = "N", required = true, description = "Holder that acquire has printed.")
    private long holder;

    @Option(names = "--fence", paramLabel = "N", required = true, description = "Fence that acquire has printed.")
    private long fence;

    LockLease of(final GridLock lock)
    {
        return lock.adopt(holder, fence);
    }
}
