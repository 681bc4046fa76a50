package io.peregrine.perf.verify.run;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import io.peregrine.perf.process.NodeNames;
import io.peregrine.perf.verify.fault.GridView;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a node knows of the grid, as a line of text. Pure.
 *
 * @param version of what was decided.
 * @param losses  of each partition, counted since the grid was founded.
 * @param grid    as faults see it.
 */
record ViewLine(long version, List<Integer> losses, GridView grid)
{
    /**
     * @param view    that the node has; its members are called {@code node-N}, N from 0.
     * @param takenNs when it was looked at.
     */
    static String write(final ControlView view, final long takenNs)
    {
        final StringBuilder line = new StringBuilder().append(takenNs).append(' ').append(view.version());
        for (final Assignment assignment : view.assignments())
        {
            line.append(' ').append(assignment.losses());
            if (assignment.primary() != Assignment.NO_MEMBER)
            {
                for (final Replica replica : assignment.inSync())
                {
                    line.append(',').append(NodeNames.number(view.members().get(replica.memberId()).key()));
                }
            }
        }

        return line.toString();
    }

    static ViewLine read(final String line)
    {
        final String[] words = line.trim().split(" ");
        final List<Integer> losses = new ArrayList<>();
        final List<BitSet> inSync = new ArrayList<>();
        for (int i = 2; i < words.length; i++)
        {
            final String[] numbers = words[i].split(",");
            losses.add(Integer.valueOf(numbers[0]));
            final BitSet members = new BitSet();
            for (int j = 1; j < numbers.length; j++)
            {
                members.set(Integer.parseInt(numbers[j]));
            }
            inSync.add(members);
        }

        return new ViewLine(
            Long.parseLong(words[1]), losses, new GridView(inSync, Long.parseLong(words[0])));
    }

    /**
     * @param copies of each partition that there are to be.
     * @return whether there are.
     */
    boolean isWhole(final int copies)
    {
        return !grid.inSync().isEmpty() &&
            grid.inSync().stream().allMatch((members) -> members.cardinality() >= copies);
    }

    /**
     * @param other or null.
     * @return the one that knows more, the younger one where both know the same.
     */
    ViewLine laterOf(final ViewLine other)
    {
        if (other == null || other.version() < version)
        {
            return this;
        }

        return other.version() > version || other.grid().takenNs() - grid.takenNs() > 0 ? other : this;
    }
}
