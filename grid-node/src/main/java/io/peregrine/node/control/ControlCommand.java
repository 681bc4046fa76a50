package io.peregrine.node.control;

import java.util.List;

/**
 * A change that the control plane is asked to decide. Commands are values: the same sequence of them gives the same
 * state everywhere.
 */
public sealed interface ControlCommand
{
    /**
     * Found the grid. Must be the first command, and may be said again unchanged.
     *
     * @param settings of the grid, for good.
     */
    record Found(GridSettings settings) implements ControlCommand
    {
    }

    /**
     * Take a node in, or take it in again in a new life.
     *
     * @param key     of the node.
     * @param address where its peers reach it, or empty.
     */
    record Join(String key, String address) implements ControlCommand
    {
    }

    /**
     * A node says that it leaves. Its copies stay assigned until partitions are changed.
     *
     * @param memberId    that leaves.
     * @param incarnation the life that ends; another life is not touched.
     */
    record Leave(int memberId, long incarnation) implements ControlCommand
    {
    }

    /**
     * Change who holds a partition, if nobody else has changed it meanwhile.
     *
     * @param partition     to change.
     * @param expectedEpoch that the partition must still have.
     * @param primary       member that leads from now on.
     * @param inSync        the in-sync set from now on.
     */
    record ChangePartition(int partition, long expectedEpoch, int primary, List<Replica> inSync)
        implements ControlCommand
    {
        /**
         * @return a command that nobody can change.
         */
        public ChangePartition
        {
            inSync = List.copyOf(inSync);
        }
    }

    /**
     * Let a structure exist. One that exists with the same kind and settings is the answer.
     *
     * @param name      of the structure.
     * @param kind      of the structure.
     * @param ttlNs     default time to live, 0 for ever.
     * @param maxIdleNs default idle time, 0 for ever.
     */
    record Define(String name, StructureKind kind, long ttlNs, long maxIdleNs) implements ControlCommand
    {
    }

    /**
     * End a structure; its entries go.
     *
     * @param structureId to end. Ending one that is gone is done already.
     */
    record Drop(int structureId) implements ControlCommand
    {
    }
}
