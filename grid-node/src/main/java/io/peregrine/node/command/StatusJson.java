package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The status of a grid for programs: one JSON object a line.
 */
final class StatusJson
{
    private final PrintWriter out;

    StatusJson(final PrintWriter out)
    {
        this.out = out;
    }

    void node(final NodeStatus status)
    {
        final Json line = new Json().field("node", status.name()).field("address", status.address())
            .field("grid", status.grid()).field("grid_id", String.format("%016x", status.gridId()))
            .field("incarnation", String.format("%016x", status.incarnation()))
            .field("uptime_ms", status.uptime().toMillis())
            .field("partitions", status.partitions()).field("agents", status.agents())
            .field("maps", status.maps().size());
        for (final Map.Entry<String, Long> counter : status.counters().entrySet())
        {
            line.field(counter.getKey(), counter.getValue());
        }
        out.println(line);
    }

    void grid(final GridTable table, final Moves moves, final long endMs)
    {
        out.println(new Json().field("control_version", table.settings().version())
            .field("control_reached", table.settings().isControlReached())
            .field("replicas", table.settings().replicas()).field("min_in_sync", table.settings().minInSync())
            .field("served", table.rows().size() - table.unserved().size())
            .field("lacking_copies", table.lackingCopies())
            .field("frozen", table.frozen().size()).field("losses", table.losses())
            .field("moves", moves.wanted()).field("moves_under_way", moves.underWay())
            .field("moves_without_memory", moves.starved())
            .field("copies_to_give_up", moves.surplus())
            .field("entries_to_move", moves.left()).field("move_end_ms", endMs));
    }

    void nodes(final GridTable table)
    {
        for (final NodeAnswer node : table.nodes())
        {
            final NodeStatus.MemberStatus member = node.member();
            final Json line = new Json().field("member", member.name())
                .field("address", member.address()).field("state", node.hasLeft() ? "left" : member.state())
                .field("answers", !node.isSilent()).field("leads", member.leads())
                .field("in_sync", member.inSync()).field("planned", member.planned())
                .field("without_memory", table.starved(member.member()))
                .field("behind", table.mostBehind(member.member()));
            out.println(node.problem() == null ? line : line.field("problem", node.problem()));
        }
    }

    void maps(final List<MapTotal> maps)
    {
        for (final MapTotal map : maps)
        {
            final Json line = new Json().field("map", map.name()).field("size", map.size())
                .field("counted_partitions", map.counted());
            if (map.ttl() != null)
            {
                line.field("ttl_ms", map.ttl().toMillis());
            }
            if (map.maxIdle() != null)
            {
                line.field("max_idle_ms", map.maxIdle().toMillis());
            }
            out.println(line);
        }
    }

    void partitions(final GridTable table)
    {
        for (final GridTable.Row row : table.rows())
        {
            out.println(new Json().field("partition", row.told().number()).field("epoch", row.told().epoch())
                .field("primary", row.told().primary() < 0 ? null : table.nameOf(row.told().primary()))
                .field("served", row.isServed()).field("records", row.records())
                .field("in_sync", names(table, row, GridTable.Copy::counts))
                .field("planned", names(table, row, (copy) -> copy.told().isPlanned()))
                .field("behind", row.copies().stream().filter(GridTable.Copy::counts)
                    .mapToLong(GridTable.Copy::behind).max().orElse(0))
                .field("losses", row.told().losses()));
        }
    }

    void safe(final String node, final List<String> reasons)
    {
        out.println(new Json().field("stop", node).field("safe", reasons.isEmpty()).field("reasons", reasons));
    }

    private static List<String> names(
        final GridTable table, final GridTable.Row row, final Predicate<GridTable.Copy> which)
    {
        return row.copies().stream().filter(which).map((copy) -> table.nameOf(copy.told().member())).toList();
    }
}
