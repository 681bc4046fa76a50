package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.Replica;

import java.util.List;

/**
 * What is known at one member of one partition, for those who propose changes of it. Data agent's thread.
 */
public interface PartitionFacts
{
    /**
     * @return number of the partition.
     */
    int id();

    /**
     * @return what was decided last and has been seen here.
     */
    Assignment assignment();

    /**
     * @return members that are to hold it, the primary first.
     */
    List<Integer> plan();

    /**
     * @return whether this member leads and every entry of its log from before is committed under its epoch.
     */
    boolean isReconciled();

    /**
     * A member whose acknowledgement has not moved for too long while entries wait for it.
     *
     * @param nowNs of the node's monotonic clock.
     * @return member, or {@link Assignment#NO_MEMBER}; only where this member leads.
     */
    int laggard(long nowNs);

    /**
     * @param replica that learns; what another life of its member learnt says nothing.
     * @return whether it has the snapshot and nearly all of the log; only where this member leads.
     */
    boolean isCaughtUp(Replica replica);

    /**
     * A change of this partition is about to be submitted: members that it adds count from now on.
     *
     * @param change that is proposed.
     */
    void onProposed(Change change);
}
