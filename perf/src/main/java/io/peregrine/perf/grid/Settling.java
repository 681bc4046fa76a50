package io.peregrine.perf.grid;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;

import java.util.List;

/**
 * How many partitions are where they are to be, as a node knows it. Asked for again and again while copies move, so it
 * is found and told with little work. Pure.
 *
 * @param takenNs    when it was looked at.
 * @param settled    partitions that are led by whom the plan names first, and have all copies, where the plan has them.
 * @param partitions of the grid.
 */
record Settling(long takenNs, int settled, int partitions)
{
    static Settling of(final ControlView view, final int copies, final long takenNs)
    {
        final int partitions = view.plan().isEmpty() ? 0 : view.assignments().size();
        int settled = 0;
        for (int i = 0; i < partitions; i++)
        {
            settled += isSettled(view.assignments().get(i), view.plan().get(i), copies) ? 1 : 0;
        }

        return new Settling(takenNs, settled, partitions);
    }

    private static boolean isSettled(final Assignment assignment, final List<Integer> plan, final int copies)
    {
        if (plan.size() != copies || assignment.inSync().size() != copies || assignment.primary() != plan.get(0))
        {
            return false;
        }
        for (final Replica replica : assignment.inSync())
        {
            if (!plan.contains(replica.memberId()))
            {
                return false;
            }
        }

        return true;
    }

    boolean isOver()
    {
        return partitions > 0 && settled == partitions;
    }

    /**
     * @return all of it, without a line's end.
     */
    String line()
    {
        return takenNs + " " + settled + " " + partitions;
    }

    static Settling read(final String line)
    {
        final String[] words = line.trim().split(" ");
        return new Settling(Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
}
