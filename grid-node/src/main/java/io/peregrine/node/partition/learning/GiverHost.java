package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;

/**
 * What a primary does for those that learn from it. Data agent's thread.
 */
public interface GiverHost
{
    /**
     * @return the store of the partition that is led.
     */
    PartitionStore store();

    /**
     * @param sequence that a learner has everything up to.
     * @return whether this is the sequence of an entry of this history, and the log still has all that come after it.
     */
    boolean reachesBack(long sequence);

    /**
     * Send the log to a learner, and keep it for it. What it acknowledges counts for this attempt only.
     *
     * @param memberId of the learner.
     * @param attempt  of it.
     * @param sequence of the entry after which it needs the log; applied here, or in the log.
     */
    void follow(int memberId, int attempt, long sequence);

    /**
     * An attempt is over: nothing is kept for the learner any more.
     *
     * @param memberId of the learner.
     */
    void unfollow(int memberId);

    /**
     * @param memberId of a member.
     * @return whether it is in the in-sync set, or its addition is proposed and not known to have failed.
     */
    boolean mayBeInSync(int memberId);

    /**
     * Send a piece of a snapshot.
     *
     * @param memberId of the learner.
     * @param attempt  of it.
     * @param index    of the piece.
     * @param buffer   that has it at 0.
     * @param length   bytes of it.
     * @return false if there is no room for it now.
     */
    boolean sendChunk(int memberId, int attempt, int index, DirectBuffer buffer, int length);

    /**
     * Say that no piece is given; the learner asks again where that is lost.
     *
     * @param memberId of the learner.
     * @param attempt  of it.
     * @param denial   why.
     */
    void sendDenied(int memberId, int attempt, Denial denial);

    /**
     * @return whether fewer copies are in sync than are planned.
     */
    boolean isLackingCopies();
}
