package io.peregrine.client;

import java.util.List;

/**
 * What a node knows of the partitions of its grid.
 *
 * @param version          of the control plane's state that it knows.
 * @param replicas         copies of each partition, where there are as many nodes.
 * @param minInSync        members that an in-sync set needs before a write is acknowledged.
 * @param isControlReached whether it hears those who decide.
 * @param trouble          what keeps it from being a member, in words; empty for nothing.
 * @param partitions       in the order of their numbers.
 */
public record PartitionsStatus(
    long version,
    int replicas,
    int minInSync,
    boolean isControlReached,
    String trouble,
    List<PartitionStatus> partitions)
{
    /**
     * A partition.
     *
     * @param number  of it.
     * @param epoch   0 where nobody ever held it.
     * @param primary member that leads it, -1 for none.
     * @param losses  how many times what it held was lost.
     * @param here    what the node that was asked is to it.
     * @param records entries in the copy of that node.
     * @param copies  in sync or planned.
     */
    public record PartitionStatus(
        int number, long epoch, int primary, int losses, State here, long records, List<CopyStatus> copies)
    {
    }

    /**
     * A copy of a partition.
     *
     * @param member    that has it, or is to have it.
     * @param isInSync  whether every acknowledged write is on it.
     * @param isPlanned whether it is to be there.
     * @param hasEnded  whether the life of the member in which it was in sync has ended, and the copy with it.
     * @param behind    entries that it has not acknowledged; -1 where the node that was asked does not know.
     */
    public record CopyStatus(int member, boolean isInSync, boolean isPlanned, boolean hasEnded, long behind)
    {
    }

    /**
     * What a node is to a partition.
     */
    public enum State
    {
        /**
         * It has no copy in use.
         */
        NONE,
        /**
         * It leads and serves.
         */
        SERVING,
        /**
         * It leads and does not serve yet.
         */
        LEADING,
        /**
         * Its copy is in sync.
         */
        FOLLOWING,
        /**
         * It takes a copy.
         */
        LOADING,
        /**
         * Its copy is whole and not in sync yet.
         */
        LOADED,
        /**
         * It is to have a copy, and waits until there is memory for it.
         */
        STARVED
    }
}
