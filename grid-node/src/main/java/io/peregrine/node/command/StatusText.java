package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.SystemUtil;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The status of a grid for people.
 */
final class StatusText
{
    private static final int BAR = 40;

    private final PrintWriter out;

    StatusText(final PrintWriter out)
    {
        this.out = out;
    }

    void node(final NodeStatus status)
    {
        final long limit = Math.max(1, count(status, CounterType.MEMORY_LIMIT));
        final long used = count(status, CounterType.MEMORY_USED);
        line("%s of grid '%s'%s, up %s, incarnation %016x",
            status.name(), status.grid(), status.address().isEmpty() ? "" : " at " + status.address(),
            Ages.duration(status.uptime().toMillis()), status.incarnation());
        line("  %-12s %d, data agents: %d", "partitions", status.partitions(), status.agents());
        line("  %-12s %,d bytes of %s (%.1f %%)",
            "memory", used, SystemUtil.formatSize(limit), 100.0 * used / limit);
        line("  %-12s %,d, sessions: %,d, calling threads within its process: %,d", "clients",
            count(status, CounterType.CLIENTS), count(status, CounterType.SESSIONS), count(status, CounterType.LANES));
        line("  %-12s %,d, refused: %,d, failed: %,d, errors: %,d", "requests",
            count(status, CounterType.REQUESTS), count(status, CounterType.REQUESTS_REFUSED),
            count(status, CounterType.REQUESTS_FAILED), count(status, CounterType.ERRORS));
        if (status.members().size() > 1)
        {
            line("  %-12s %,d messages in, %,d out, delayed: %,d, lost: %,d, turned away: %,d, without sense: %,d",
                "peers", count(status, CounterType.PEERS_RECEIVED), count(status, CounterType.PEERS_SENT),
                count(status, CounterType.PEERS_DELAYED), count(status, CounterType.PEERS_LOST),
                count(status, CounterType.PEERS_REJECTED),
                count(status, CounterType.PEERS_BAD) + count(status, CounterType.PEERS_PIECES_DROPPED));
        }
    }

    void nodes(final GridTable table)
    {
        line("  %-12s %,d", "nodes", table.nodes().size());
        for (final NodeAnswer node : table.nodes())
        {
            final NodeStatus.MemberStatus member = node.member();
            final long behind = table.mostBehind(member.member());
            final long starved = table.starved(member.member());
            line("    %-30s %s, %s, leads %,d partitions, has %,d in sync of %,d%s%s",
                member.name(), member.address(), node.state(), member.leads(), member.inSync(), member.planned(),
                behind > 0 ? String.format(Locale.ROOT, ", behind by up to %,d entries", behind) : "",
                starved > 0 ? String.format(Locale.ROOT, ", without memory for %,d more", starved) : "");
            if (node.problem() != null && !node.hasLeft())
            {
                line("    %-30s   %s", "", node.problem());
            }
        }
    }

    /**
     * What an operator has to know of the partitions, in as few lines as there is something to say.
     */
    void partitions(final GridTable table)
    {
        final List<Integer> unserved = table.unserved();
        line("  %-12s %,d served of %,d, %,d with fewer copies than planned; %d copies each, %d needed to write",
            "copies", table.rows().size() - unserved.size(), table.rows().size(), table.lackingCopies(),
            table.settings().replicas(), table.settings().minInSync());
        if (!unserved.isEmpty())
        {
            line("  %-12s %s", "not served", SafeStop.shown(unserved));
        }
        if (!table.frozen().isEmpty())
        {
            line("  %-12s %d partitions have nobody who has what they held: %s; see that their nodes come back, or " +
                "./grid accept-loss",
                "frozen", table.frozen().size(), SafeStop.shown(GridTable.numbers(table.frozen())));
        }
        if (table.losses() > 0)
        {
            line("  %-12s partitions began anew %,d times without what they held", "lost", table.losses());
        }
        if (!table.settings().isControlReached())
        {
            line("  %-12s not reached by %s%s", "control", table.latest().member().name(),
                table.settings().trouble().isEmpty() ? "" : ": " + table.settings().trouble());
        }
    }

    void moves(final Moves moves, final long endMs)
    {
        if (moves.isAny())
        {
            line("  %-12s %,d copies to make, %,d of them under way, %,d to give up; %,d of %,d entries to go, %s",
                "moves", moves.wanted(), moves.underWay(), moves.surplus(), moves.left(), moves.records(),
                endMs == Moves.NO_END ? "no pace to tell an end by" : "about " + Ages.duration(endMs) + " left");
        }
        if (moves.starved() > 0)
        {
            line("  %-12s %,d of the copies to make wait until their node has memory for them: remove entries, or " +
                "raise memory.limit",
                "", moves.starved());
        }
    }

    void maps(final List<MapTotal> maps, final int partitions)
    {
        line("  %-12s %,d", "maps", maps.size());
        for (final MapTotal map : maps)
        {
            line("    %-30s %,d entries%s%s%s", map.name(), map.size(),
                map.counted() == partitions ? "" :
                String.format(Locale.ROOT, " in %,d of %,d partitions", map.counted(), partitions),
                shown(", live ", map.ttl()), shown(", unused ", map.maxIdle()));
        }
    }

    /**
     * How partitions and copies are spread over the nodes: a {@code #} for those that a node leads, a {@code =} for
     * its other copies.
     */
    void balance(final GridTable table)
    {
        final long copies = table.nodes().stream().mapToLong((node) -> node.member().inSync()).sum();
        final long most = Math.max(1, table.nodes().stream().mapToLong((node) -> node.member().inSync()).max()
            .orElse(1));
        line("  %-12s %-30s %14s %16s", "balance", "", "leads", "copies");
        for (final NodeAnswer node : table.nodes())
        {
            final long leads = node.member().leads();
            final long inSync = node.member().inSync();
            final int whole = (int) (BAR * inSync / most);
            final int led = (int) (BAR * leads / most);
            line("    %-30s %,6d %5.1f %%  %,7d %5.1f %%  %s%s",
                node.member().name(), leads, 100.0 * leads / Math.max(1, table.rows().size()),
                inSync, 100.0 * inSync / Math.max(1, copies),
                "#".repeat(led), "=".repeat(Math.max(0, whole - led)));
        }
    }

    private void line(final String format, final Object... values)
    {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private static long count(final NodeStatus status, final CounterType type)
    {
        return status.counter(type.label());
    }

    private static String shown(final String what, final Duration duration)
    {
        return duration == null ? "" : what + Ages.duration(duration.toMillis());
    }
}
