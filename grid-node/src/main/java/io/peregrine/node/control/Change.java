package io.peregrine.node.control;

import java.util.List;

/**
 * A proposal of who is to hold one partition.
 *
 * @param partition     to change.
 * @param expectedEpoch that the partition must still have.
 * @param primary       member that leads from now on.
 * @param inSync        the in-sync set from now on.
 */
public record Change(int partition, long expectedEpoch, int primary, List<Replica> inSync)
{
    /**
     * @return a proposal that nobody can change.
     */
    public Change
    {
        inSync = List.copyOf(inSync);
    }
}
