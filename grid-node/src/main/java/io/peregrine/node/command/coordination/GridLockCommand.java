package io.peregrine.node.command.coordination;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockInfo;
import io.peregrine.client.LockLease;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * Operations on a lock.
 */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Take, renew and let go of a lock of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "Who acquires a lock is known by holder and fence from then on: give both to renew and to release it. The " +
            "lock is held to the end of its lease, whether or not the command that took it is still there."
    })
public final class GridLockCommand extends HeldCommand
{
    /**
     * Reaches grids over the network.
     */
    public GridLockCommand()
    {
        this(GridSource.REMOTE);
    }

    GridLockCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "acquire", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Take the lock, and print holder and fence. Exit code 1 where it was not given in the time to " +
            "wait.")
    int acquire(
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long it is held, such as 30s.")
        final Long leaseNs,
        @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.class,
            description = "How long to wait in line, such as 10s (default: not at all).")
        final Long waitNs)
    {
        return with((lock) ->
        {
            final LockLease lease =
                lock.tryAcquire(Duration.ofNanos(leaseNs), Duration.ofNanos(waitNs == null ? 0 : waitNs));
            if (lease == null)
            {
                throw new CommandFailure("the lock '" + name() + "' is held by another");
            }
            lease.detach();
            return print(lease.holder(), lease.fence(), lease.remaining());
        });
    }

    @Command(name = "renew", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Begin the lease anew. Exit code 1 where the lock is lost.")
    int renew(
        @Mixin
        final Holder holder,
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long it is held from now on, such as 30s.")
        final Long leaseNs)
    {
        return with((lock) ->
        {
            final LockLease lease = lock.adopt(holder.number(), holder.fence());
            lease.renew(Duration.ofNanos(leaseNs));
            lease.detach();
            return print(lease.holder(), lease.fence(), lease.remaining());
        });
    }

    @Command(name = "release", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Let go of the lock. Exit code 1 where it is lost.")
    int release(
        @Mixin
        final Holder holder)
    {
        return with((lock) ->
        {
            lock.adopt(holder.number(), holder.fence()).release();
            return print("released", named().field("released", true));
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true,
        description = "Print who holds the lock, for how long yet, and how many wait for it.")
    int show()
    {
        return with((lock) ->
        {
            final LockInfo info = lock.show();
            final long remainingMs = info.remaining().toMillis();
            return print(
                !info.held() ? "free" : "held: holder " + info.holder() + " fence " + info.fence() + " remaining " +
                    remainingMs + " ms, " + info.waiters() + " waiting",
                named().field("held", info.held())
                    .field("holder", info.holder())
                    .field("fence", info.fence())
                    .field("remaining_ms", remainingMs)
                    .field("waiters", info.waiters()));
        });
    }

    @Command(name = "force-release", mixinStandardHelpOptions = true,
        description = "Take the lock from whoever holds it, and give it to the next in line. The holder may still " +
            "believe that it holds it. Exit code 1 where nobody holds it.")
    int forceRelease()
    {
        return with((lock) ->
        {
            if (!lock.forceRelease())
            {
                throw new CommandFailure("nobody holds the lock '" + name() + "'");
            }
            return print("released", named().field("released", true));
        });
    }

    private int with(final ToIntFunction<GridLock> operation)
    {
        return on((grid) -> operation.applyAsInt(grid.lock(name())));
    }
}
