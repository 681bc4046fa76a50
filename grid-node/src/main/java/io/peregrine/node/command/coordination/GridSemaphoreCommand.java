package io.peregrine.node.command.coordination;

import io.peregrine.client.GridSemaphore;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * Operations on a semaphore.
 */
@Command(
    name = "semaphore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Take, renew and let go of permits of a semaphore of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "Who acquires permits is known by holder and fence from then on: give both to renew and to release them. " +
            "They are held to the end of their lease, whether or not the command that took them is still there."
    })
public final class GridSemaphoreCommand extends HeldCommand
{
    /**
     * What is named where it does not matter, and no request says it.
     */
    private static final int ANY = Integer.MAX_VALUE;

    /**
     * Reaches grids over the network.
     */
    public GridSemaphoreCommand()
    {
        this(GridSource.REMOTE);
    }

    GridSemaphoreCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "acquire", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Take permits, and print holder and fence. Exit code 1 where they were not given in the time " +
            "to wait.")
    int acquire(
        @Option(names = "--total", paramLabel = "N", required = true, description = "Permits that the semaphore has.")
        final int total,
        @Option(names = "--permits", paramLabel = "N", defaultValue = "1", description = "To take (default: 1).")
        final int permits,
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long they are held, such as 30s.")
        final Long leaseNs,
        @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.class,
            description = "How long to wait in line, such as 10s (default: not at all).")
        final Long waitNs)
    {
        return with(total, (semaphore) ->
        {
            final PermitLease lease = semaphore.tryAcquire(
                permits, Duration.ofNanos(leaseNs), Duration.ofNanos(waitNs == null ? 0 : waitNs));
            if (lease == null)
            {
                throw new CommandFailure("the semaphore '" + name() + "' has not so many free, or others wait");
            }
            lease.detach();
            return print(lease.holder(), lease.fence(), lease.remaining());
        });
    }

    @Command(name = "renew", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Begin the lease of permits anew. Exit code 1 where they are lost.")
    int renew(
        @Mixin
        final Holder holder,
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long they are held from now on, such as 30s.")
        final Long leaseNs)
    {
        return with(ANY, (semaphore) ->
        {
            final PermitLease lease = semaphore.adopt(1, holder.number(), holder.fence());
            lease.renew(Duration.ofNanos(leaseNs));
            lease.detach();
            return print(lease.holder(), lease.fence(), lease.remaining());
        });
    }

    @Command(name = "release", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Let go of permits. Exit code 1 where they are lost.")
    int release(
        @Mixin
        final Holder holder)
    {
        return with(ANY, (semaphore) ->
        {
            semaphore.adopt(1, holder.number(), holder.fence()).release();
            return print("released", named().field("released", true));
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true,
        description = "Print how many permits there are and are free, how many hold some, and how many wait.")
    int show()
    {
        return with(ANY, (semaphore) ->
        {
            final SemaphoreInfo info = semaphore.show();
            return print(
                info.permits() == 0 ? "not in use" : info.free() + " of " + info.permits() + " free, " +
                    info.holders() + " holding, " + info.waiters() + " waiting",
                named().field("permits", info.permits())
                    .field("free", info.free())
                    .field("holders", info.holders())
                    .field("waiters", info.waiters()));
        });
    }

    @Command(name = "force-release", mixinStandardHelpOptions = true,
        description = "Take permits back from whoever holds them, and give them to those in line. The holders may " +
            "still believe that they hold them. Without --holder and with nobody in line the number of permits is " +
            "forgotten too. Exit code 1 where there is nothing to take back.")
    int forceRelease(
        @Option(names = "--holder", paramLabel = "N", description = "The one to take them from (default: all).")
        final Long holder)
    {
        return with(ANY, (semaphore) ->
        {
            if (!(holder == null ? semaphore.forceRelease() : semaphore.forceRelease(holder)))
            {
                throw new CommandFailure("nobody holds permits of the semaphore '" + name() + "'");
            }
            return print("released", named().field("released", true));
        });
    }

    private int with(final int total, final ToIntFunction<GridSemaphore> operation)
    {
        return on((grid) -> operation.applyAsInt(grid.semaphore(name(), total)));
    }
}
