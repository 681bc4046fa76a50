package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.command.DurationConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * Begins a lease anew.
 */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Begin the lease anew. Exit code 1 where the lock is lost.")
final class RenewCommand extends LockOperation
{
    @Mixin
    private Holder holder;

    @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
        description = "For how long it is held from now on, such as 30s.")
    private Long leaseNs;

    @Override
    void run(final GridLock lock)
    {
        final LockLease lease = holder.of(lock);
        lease.renew(Duration.ofNanos(leaseNs));
        printLease(lease);
    }
}
