package io.peregrine.node.command.coordination;

import io.peregrine.client.ElectionLeader;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.LockLease;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;

/**
 * Operations on an election.
 */
@Command(
    name = "election",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Campaign, look who leads and resign in an election of a grid that is reached at an address.",
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "Who is elected is known by holder and fence from then on: give both to renew and to resign. The term lasts " +
            "to the end of its lease, whether or not the command that campaigned is still there."
    })
public final class GridElectionCommand extends NamedCommand
{
    private static final String HOLDER = "Holder that campaign has printed.";
    private static final String FENCE = "Fence that campaign has printed.";

    /**
     * Reaches grids over the network.
     */
    public GridElectionCommand()
    {
        this(GridSource.REMOTE);
    }

    GridElectionCommand(final GridSource source)
    {
        super(source);
    }

    @Command(name = "campaign", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Campaign, and print holder and fence of the term. Exit code 1 where another leads to the end " +
            "of the time to wait.")
    int campaign(
        @Parameters(paramLabel = "CANDIDATE", description = "Name by which others know who leads.")
        final String candidate,
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long the term lasts, such as 30s.") final Long leaseNs,
        @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.class,
            description = "How long to wait in line, such as 10s (default: not at all).") final Long waitNs)
    {
        return on((grid) ->
        {
            final ElectionTerm term = grid.election(name(), Duration.ofNanos(leaseNs))
                .campaign(candidate, Duration.ofNanos(waitNs == null ? 0 : waitNs));
            if (term == null)
            {
                throw new CommandFailure("another leads in the election '" + name() + "'");
            }
            return printTerm(term.lease());
        });
    }

    @Command(name = "leader", mixinStandardHelpOptions = true,
        description = "Print who leads, by which fence, and for how long yet.")
    int leader()
    {
        return on((grid) ->
        {
            final ElectionLeader leader = grid.election(name()).leader();
            if (leader == null)
            {
                return print("nobody", named().field("leader", (String) null));
            }
            final long remainingMs = leader.remaining().toMillis();
            return print(
                leader.candidate() + " fence " + leader.fence() + " remaining " + remainingMs + " ms",
                named().field("leader", leader.candidate())
                    .field("fence", leader.fence())
                    .field("remaining_ms", remainingMs));
        });
    }

    @Command(name = "renew", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Begin the lease of the term anew. Exit code 1 where the term is lost.")
    int renew(
        @Option(names = "--holder", paramLabel = "N", required = true, description = HOLDER) final long holder,
        @Option(names = "--fence", paramLabel = "N", required = true, description = FENCE) final long fence,
        @Option(names = "--lease", paramLabel = "DURATION", required = true, converter = DurationConverter.class,
            description = "For how long the term lasts from now on, such as 30s.") final Long leaseNs)
    {
        return on((grid) ->
        {
            final LockLease lease = grid.election(name()).adopt(holder, fence).lease();
            lease.renew(Duration.ofNanos(leaseNs));
            return printTerm(lease);
        });
    }

    @Command(name = "resign", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lead no longer. Exit code 1 where the term is lost.")
    int resign(
        @Option(names = "--holder", paramLabel = "N", required = true, description = HOLDER) final long holder,
        @Option(names = "--fence", paramLabel = "N", required = true, description = FENCE) final long fence)
    {
        return on((grid) ->
        {
            grid.election(name()).adopt(holder, fence).resign();
            return print("resigned", named().field("resigned", true));
        });
    }

    @Command(name = "depose", mixinStandardHelpOptions = true,
        description = "End the term of whoever leads, and elect the next in line. The leader may still believe that " +
            "it leads. Exit code 1 where nobody does.")
    int depose()
    {
        return on((grid) ->
        {
            if (!grid.election(name()).depose())
            {
                throw new CommandFailure("nobody leads in the election '" + name() + "'");
            }
            return print("deposed", named().field("deposed", true));
        });
    }

    /**
     * Print a term that outlives this command.
     */
    private int printTerm(final LockLease lease)
    {
        final long remainingMs = lease.remaining().toMillis();
        lease.detach();
        return print("holder " + lease.holder() + " fence " + lease.fence() + " remaining " + remainingMs + " ms",
            named().field("holder", lease.holder())
                .field("fence", lease.fence())
                .field("remaining_ms", remainingMs));
    }
}
