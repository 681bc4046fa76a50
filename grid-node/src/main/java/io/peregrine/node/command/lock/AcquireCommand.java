package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * Takes a lock.
 */
@Command(
    name = "acquire",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Take the lock, and print holder and fence. Exit code 1 where it was not given in the time to wait.")
final class AcquireCommand extends LockOperation
{
    @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
        description = "For how long it is held, such as 30s.")
    private Long leaseNs;

    @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.class,
        description = "How long to wait in line, such as 10s (default: not at all).")
    private Long waitNs;

    @Override
    void run(final GridLock lock)
    {
        final LockLease lease =
            lock.tryAcquire(Duration.ofNanos(leaseNs), Duration.ofNanos(waitNs == null ? 0 : waitNs));
        if (lease == null)
        {
            throw new CommandFailure("the lock '" + name() + "' is held by another");
        }
        printLease(lease);
    }
}
