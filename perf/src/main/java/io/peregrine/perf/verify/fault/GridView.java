package io.peregrine.perf.verify.fault;

import java.util.BitSet;
import java.util.List;

/**
 * What the grid looks like, as far as faults have to know.
 *
 * @param inSync for each partition the nodes that are in sync, counted from 0; a partition that nobody is known to
 *               serve has none.
 * @param takenNs when it was asked for, on the clock of the faults.
 */
public record GridView(List<BitSet> inSync, long takenNs)
{
    /**
     * A view.
     */
    public GridView
    {
        inSync = List.copyOf(inSync);
    }

    /**
     * Nothing is known.
     *
     * @param takenNs when it was asked for.
     * @return a view in which no fault may begin.
     */
    public static GridView unknown(final long takenNs)
    {
        return new GridView(List.of(), takenNs);
    }

    /**
     * Does every partition keep a member that nothing has befallen?
     *
     * @param touched nodes that something has befallen or will.
     * @return false also where nothing is known.
     */
    public boolean keepsOneBeside(final BitSet touched)
    {
        for (final BitSet members : inSync)
        {
            final BitSet left = (BitSet) members.clone();
            left.andNot(touched);
            if (left.isEmpty())
            {
                return false;
            }
        }

        return !inSync.isEmpty();
    }
}
