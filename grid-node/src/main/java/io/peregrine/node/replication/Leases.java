package io.peregrine.node.replication;

/**
 * What the leases between this data agent and others are worth. Times are of the node's monotonic clock. Data agent's
 * thread.
 */
public interface Leases
{
    /**
     * A lease that was never given.
     */
    long NONE = Long.MIN_VALUE;

    /**
     * A lease that never ends, as nobody could take the partition away.
     */
    long FOR_EVER = Long.MAX_VALUE;

    /**
     * @param memberId that gave a lease.
     * @param agent    of it.
     * @return when that lease ends, {@link #NONE} if it gave none in its present life.
     */
    long leaseUntilNs(int memberId, int agent);

    /**
     * @param memberId that was given a lease.
     * @param agent    of it.
     * @return when it must know that it has none any more, if it is given none from now on; {@link #NONE} if it was
     *         given none.
     */
    long grantOverNs(int memberId, int agent);

    /**
     * @param memberId of another node.
     * @param agent    of it.
     * @return time of its clock when it sent the last beat that came from it; {@link #NONE} if none came.
     */
    long heardNs(int memberId, int agent);

    /**
     * @param memberId of another node.
     * @param agent    of it.
     * @return pages that it has free for entries from here, as it said last; {@link #FOR_EVER} if it said nothing yet.
     */
    long room(int memberId, int agent);

    /**
     * @return until when this member may serve partitions whose only copy it has.
     */
    long loneUntilNs();
}
