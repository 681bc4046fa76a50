package io.peregrine.node.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Compares the copies of all partitions of a grid.
 *
 * @param finding of the comparison.
 * @param because of which copies; empty where all are equal.
 */
public record CopyCheck(Finding finding, String because)
{
    /**
     * What comes of it.
     */
    public enum Finding
    {
        /**
         * There are all copies, and those of each partition hold the same.
         */
        EQUAL,
        /**
         * Copies are missing, or were looked at with different entries applied: look again.
         */
        APART,
        /**
         * Two copies with the same entries applied do not hold the same.
         */
        UNEQUAL
    }

    /**
     * @param states     of the copies of all nodes.
     * @param partitions of the grid.
     * @param copies     that each partition has to have.
     * @return what is found.
     */
    public static CopyCheck of(final Collection<CopyState> states, final int partitions, final int copies)
    {
        final List<List<CopyState>> byPartition = new ArrayList<>();
        for (int i = 0; i < partitions; i++)
        {
            byPartition.add(new ArrayList<>());
        }
        states.forEach((state) -> byPartition.get(state.partition()).add(state));

        CopyCheck worst = new CopyCheck(Finding.EQUAL, "");
        for (int i = 0; i < partitions; i++)
        {
            final CopyCheck check = compare(i, byPartition.get(i), copies);
            worst = check.finding.compareTo(worst.finding) > 0 ? check : worst;
        }

        return worst;
    }

    private static CopyCheck compare(final int partition, final List<CopyState> states, final int copies)
    {
        Finding finding =
            states.size() == copies && states.stream().filter(CopyState::isLeading).count() == 1 ?
                Finding.EQUAL : Finding.APART;
        for (final CopyState one : states)
        {
            for (final CopyState other : states)
            {
                if (one.applied() != other.applied())
                {
                    finding = finding == Finding.EQUAL ? Finding.APART : finding;
                }
                else if (one.digest() != other.digest())
                {
                    finding = Finding.UNEQUAL;
                }
            }
        }

        return new CopyCheck(finding, finding == Finding.EQUAL ? "" : "partition " + partition + ": " + states);
    }
}
