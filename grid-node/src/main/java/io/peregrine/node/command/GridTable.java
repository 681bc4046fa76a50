package io.peregrine.node.command;

import io.peregrine.client.PartitionsStatus;
import io.peregrine.client.PartitionsStatus.CopyStatus;
import io.peregrine.client.PartitionsStatus.PartitionStatus;
import io.peregrine.client.PartitionsStatus.State;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions of a grid, put together from what its nodes answered: who holds what by the node that knows the latest
 * decisions, how far copies are by who leads each partition, how far new copies are by who takes them. Pure.
 */
final class GridTable
{
    /**
     * It was not told by those who know.
     */
    static final long NOT_KNOWN = -1;

    private final List<Row> rows = new ArrayList<>();
    private final List<NodeAnswer> nodes;
    private final Map<Integer, Map<Integer, PartitionStatus>> byMember = new HashMap<>();
    private NodeAnswer latest;

    /**
     * A partition.
     *
     * @param told     by the node that knows the latest decisions.
     * @param isServed whether its primary says that it serves it.
     * @param records  in the copy of the primary, or {@link #NOT_KNOWN}.
     * @param copies   in sync or planned.
     */
    record Row(PartitionStatus told, boolean isServed, long records, List<Copy> copies)
    {
    }

    /**
     * A copy of a partition.
     *
     * @param told   by the node that knows the latest decisions.
     * @param behind entries that it has not acknowledged, or {@link #NOT_KNOWN}.
     * @param state  what its member says that it is.
     * @param loaded entries that it has, where its member answered; or {@link #NOT_KNOWN}.
     */
    record Copy(CopyStatus told, long behind, State state, long loaded)
    {
        /**
         * @return whether it is in sync, in that same life.
         */
        boolean counts()
        {
            return told.isInSync() && !told.hasEnded();
        }
    }

    /**
     * @param nodes what they answered; one at least.
     */
    GridTable(final List<NodeAnswer> nodes)
    {
        this.nodes = nodes;
        for (final NodeAnswer node : nodes)
        {
            if (!node.isSilent())
            {
                latest = latest == null || node.partitions().version() > latest.partitions().version() ? node : latest;
                final Map<Integer, PartitionStatus> known = new HashMap<>();
                node.partitions().partitions().forEach((each) -> known.put(each.number(), each));
                byMember.put(node.member().member(), known);
            }
        }
        if (latest == null)
        {
            throw new CommandFailure("no node told its partitions; try again, or ask another one by --connect");
        }
        latest.partitions().partitions().forEach((told) -> rows.add(row(told)));
    }

    List<Row> rows()
    {
        return rows;
    }

    /**
     * @return the node that knows the latest decisions.
     */
    NodeAnswer latest()
    {
        return latest;
    }

    PartitionsStatus settings()
    {
        return latest.partitions();
    }

    List<NodeAnswer> nodes()
    {
        return nodes;
    }

    /**
     * @param member number of it.
     * @return what it answered.
     */
    NodeAnswer node(final int member)
    {
        return nodes.stream().filter((each) -> each.member().member() == member).findFirst().orElse(null);
    }

    String nameOf(final int member)
    {
        final NodeAnswer node = node(member);
        return node == null ? member < 0 ? "nobody" : "node number " + member : node.member().name();
    }

    /**
     * @return partitions of which nobody is there who has what they held: all of the in-sync set are absent, or began
     *         another life. They wait for those who are absent, or for an operator.
     */
    List<Row> frozen()
    {
        return rows.stream()
            .filter((row) -> row.told().epoch() > 0 && row.copies().stream().noneMatch(
                (copy) -> copy.counts() && !isAbsent(copy.told().member())))
            .toList();
    }

    private boolean isAbsent(final int member)
    {
        return node(member) != null && node(member).isAbsent();
    }

    static List<Integer> numbers(final List<Row> of)
    {
        return of.stream().map((row) -> row.told().number()).toList();
    }

    /**
     * @return partitions whose primary does not say that it serves them.
     */
    List<Integer> unserved()
    {
        return rows.stream().filter((row) -> !row.isServed()).map((row) -> row.told().number()).toList();
    }

    /**
     * @return how many have fewer copies in sync, on nodes that are not absent, than they are to have.
     */
    long lackingCopies()
    {
        return rows.stream().filter((row) -> row.copies().stream()
            .filter((copy) -> copy.counts() && !isAbsent(copy.told().member())).count() <
            row.copies().stream().filter((copy) -> copy.told().isPlanned()).count()).count();
    }

    int losses()
    {
        return rows.stream().mapToInt((row) -> row.told().losses()).sum();
    }

    /**
     * @param member of the grid.
     * @return the entries by which the copy of it is behind that is the furthest; 0 where it has none that is.
     */
    long mostBehind(final int member)
    {
        return rows.stream().flatMap((row) -> row.copies().stream())
            .filter((copy) -> copy.told().member() == member && copy.told().isInSync())
            .mapToLong(Copy::behind).max().orElse(0);
    }

    /**
     * @param member of the grid.
     * @return copies that it is to have, and lacks memory for.
     */
    long starved(final int member)
    {
        return rows.stream().flatMap((row) -> row.copies().stream())
            .filter((copy) -> copy.told().member() == member && copy.state() == State.STARVED).count();
    }

    private Row row(final PartitionStatus told)
    {
        final PartitionStatus primary = known(told.primary(), told.number());
        final boolean isServed = primary != null && primary.here() == State.SERVING;
        final List<Copy> copies = new ArrayList<>();
        for (final CopyStatus copy : told.copies())
        {
            final PartitionStatus there = known(copy.member(), told.number());
            copies.add(new Copy(
                copy,
                primary == null ? NOT_KNOWN : behind(primary, copy.member()),
                there == null ? State.NONE : there.here(),
                there == null ? NOT_KNOWN : there.records()));
        }
        return new Row(told, isServed, primary == null ? NOT_KNOWN : primary.records(), copies);
    }

    private PartitionStatus known(final int member, final int partition)
    {
        return byMember.getOrDefault(member, Map.of()).get(partition);
    }

    private static long behind(final PartitionStatus primary, final int member)
    {
        return primary.copies().stream().filter((copy) -> copy.member() == member)
            .mapToLong(CopyStatus::behind).findFirst().orElse(NOT_KNOWN);
    }
}
