package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;

/**
 * What the partitions of one data agent count. Plain fields of the agent's thread; the agent shows them outside now
 * and then.
 */
public final class Tally
{
    /**
     * Values that the code of an answer may have.
     */
    public static final int REASONS = 256;

    long requests;
    long refused;
    long failed;
    long storeFull;
    long reads;
    long appended;
    long applied;
    long expired;
    long evicted;
    long badPeerMessages;
    long copyMessages;
    long replicaReads;
    private final long[] ofReason = new long[REASONS];

    void answered(final Reason reason)
    {
        ofReason[reason.value()]++;
    }

    /**
     * @param reason of an answer, as a number below {@link #REASONS}.
     * @return requests that were not done, or perhaps not, for this reason.
     */
    public long ofReason(final int reason)
    {
        return ofReason[reason];
    }

    /**
     * @return requests that came.
     */
    public long requests()
    {
        return requests;
    }

    /**
     * @return requests refused: they may work later.
     */
    public long refused()
    {
        return refused;
    }

    /**
     * @return requests that never will work as asked.
     */
    public long failed()
    {
        return failed;
    }

    /**
     * @return writes refused because the memory limit was reached.
     */
    public long storeFull()
    {
        return storeFull;
    }

    /**
     * @return reads of entries that came through the agent.
     */
    public long reads()
    {
        return reads;
    }

    /**
     * @return entries appended to logs.
     */
    public long appended()
    {
        return appended;
    }

    /**
     * @return entries applied.
     */
    public long applied()
    {
        return applied;
    }

    /**
     * @return reads that were answered by a copy that is not the primary's.
     */
    public long replicaReads()
    {
        return replicaReads;
    }

    /**
     * @return messages of other nodes that made no sense.
     */
    public long badPeerMessages()
    {
        return badPeerMessages;
    }

    /**
     * @return messages by which copies are made: chunks and requests for them.
     */
    public long copyMessages()
    {
        return copyMessages;
    }

    /**
     * @return records that expired.
     */
    public long expired()
    {
        return expired;
    }

    /**
     * @return records that gave way to others.
     */
    public long evicted()
    {
        return evicted;
    }
}
