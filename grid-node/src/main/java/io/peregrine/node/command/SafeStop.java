package io.peregrine.node.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a node can be stopped, or killed, without costing the last copies that count: of every partition that it is
 * in sync of, so many others have to be in sync as a write needs ({@code min.in.sync}, one at least), each in its
 * present life, not absent by the control plane, and heard by the one who asks; and whoever told the table has to reach
 * the control plane, which decides who takes over. Pure.
 */
final class SafeStop
{
    private static final int SHOWN = 8;

    private final GridTable table;
    private final int need;

    SafeStop(final GridTable table)
    {
        this.table = table;
        need = Math.max(1, table.settings().minInSync());
    }

    /**
     * @param name of a node.
     * @return its answer, or null where the grid has no node of this name.
     */
    NodeAnswer find(final String name)
    {
        return table.nodes().stream().filter((each) -> each.member().name().equals(name)).findFirst().orElse(null);
    }

    /**
     * @param node that is to stop.
     * @return why it had better not; empty where it can.
     */
    List<String> reasons(final NodeAnswer node)
    {
        final List<String> reasons = new ArrayList<>();
        final Map<Integer, List<Integer>> tooFew = new TreeMap<>();
        boolean isHolder = false;
        for (final GridTable.Row row : table.rows())
        {
            if (row.copies().stream().anyMatch((copy) -> copy.counts() && isOf(copy, node)))
            {
                isHolder = true;
                final int others = (int) row.copies().stream().filter((copy) -> isGood(copy, node)).count();
                if (others < need)
                {
                    tooFew.computeIfAbsent(others, (key) -> new ArrayList<>()).add(row.told().number());
                }
            }
        }
        tooFew.forEach((others, partitions) -> reasons.add(
            partitions.size() + " partitions would have " + others + " other copies in sync on nodes that answer, " +
            "and need " + need + ": " + shown(partitions)));
        if (isHolder && !table.settings().isControlReached())
        {
            reasons.add("the control plane is not reached by " + table.latest().member().name() +
                ", so that nobody would decide who takes over");
        }
        return reasons;
    }

    static String shown(final List<Integer> partitions)
    {
        return partitions.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", ")) +
            (partitions.size() > SHOWN ? ", ..." : "");
    }

    private boolean isGood(final GridTable.Copy copy, final NodeAnswer leaver)
    {
        final NodeAnswer holder = table.node(copy.told().member());
        return copy.counts() && !isOf(copy, leaver) && holder != null && !holder.isSilent() &&
            !holder.isAbsent();
    }

    private static boolean isOf(final GridTable.Copy copy, final NodeAnswer node)
    {
        return copy.told().member() == node.member().member();
    }
}
