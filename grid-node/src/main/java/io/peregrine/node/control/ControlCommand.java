package io.peregrine.node.control;

import java.util.List;

/**
 * A change that the control plane is asked to decide. Commands are values: the same sequence of them gives the same
 * state everywhere. One that comes twice, because nobody knows whether it came, does no harm the second time.
 */
public sealed interface ControlCommand
{
    /**
     * Found the grid. Must be the first command, and may be said again unchanged.
     *
     * @param settings of the grid.
     * @param gridId   number that tells it from all other grids; the first that is decided holds.
     */
    record Found(GridSettings settings, long gridId) implements ControlCommand
    {
        /**
         * Found a grid that nobody has to tell from others.
         *
         * @param settings of the grid.
         */
        public Found(final GridSettings settings)
        {
            this(settings, 0);
        }
    }

    /**
     * Change the numbers of copies.
     *
     * @param replicas  copies of each partition.
     * @param minInSync members that an in-sync set needs before its primary acknowledges a write.
     */
    record SetCopies(int replicas, int minInSync) implements ControlCommand
    {
    }

    /**
     * Take a node in, or take it in again in a new life: what it held in an earlier one is gone.
     *
     * @param key     of the node.
     * @param address where its peers reach it, or empty.
     * @param weight  share of the copies that it takes, compared with others.
     * @param zone    that it fails with, or empty.
     * @param agents  data agents that it has: a partition belongs to the one whose number is the remainder.
     * @param startId number that the node drew when it started: the same one again is the same life.
     * @param after   incarnation of the node's former life, 0 if it had none, as the node has seen it. A command that
     *                comes late, when a further life has begun, finds another one and ends nothing.
     */
    record Join(String key, String address, int weight, String zone, int agents, long startId, long after)
        implements ControlCommand
    {
    }

    /**
     * A node is to go: its copies belong elsewhere from now on.
     *
     * @param memberId    that leaves.
     * @param incarnation the life that ends; another life is not touched.
     */
    record Leave(int memberId, long incarnation) implements ControlCommand
    {
    }

    /**
     * A node was not heard of for as long as the grid waits before it replaces one, or was heard of again.
     *
     * @param memberId    of it.
     * @param incarnation the life that is meant.
     * @param isAbsent    whether it is not heard of.
     */
    record Absence(int memberId, long incarnation, boolean isAbsent) implements ControlCommand
    {
    }

    /**
     * Change who holds partitions, each if nobody else has changed it meanwhile. What came of each is in the table.
     *
     * @param proposer an in-sync replica of each of them. The primary may take replicas in, put them out and hand the
     *                 lead over; another may only take the lead from a primary that it puts out.
     * @param changes  one for each partition.
     */
    record ChangePartitions(Replica proposer, List<Change> changes) implements ControlCommand
    {
        /**
         * @return a command that nobody can change.
         */
        public ChangePartitions
        {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A member asks to go on serving partitions whose only copy it has. It counts the lease from when it asked.
     *
     * @param memberId    that asks.
     * @param incarnation of it.
     * @param askedAtNs   when it asked, by its own clock.
     */
    record StayAlone(int memberId, long incarnation, long askedAtNs) implements ControlCommand
    {
    }

    /**
     * Somebody answers for it that a life of a member has ended and will not come back. If it has not, two may serve
     * one partition.
     *
     * @param memberId    that is dead.
     * @param incarnation that is dead.
     */
    record DeclareDead(int memberId, long incarnation) implements ControlCommand
    {
    }

    /**
     * Begin a partition again without what it held, because nobody who has it will come back.
     *
     * @param partition     that is lost.
     * @param expectedEpoch that the partition must still have.
     */
    record AcceptLoss(int partition, long expectedEpoch) implements ControlCommand
    {
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
