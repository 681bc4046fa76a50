package io.peregrine.node.partition;

import io.peregrine.client.codec.CopyState;
import io.peregrine.storage.log.Sequences;

/**
 * What is told of one partition to those who look after the grid. On the thread of its data agent.
 */
public final class CopyFacts
{
    private static final long NOT_KNOWN = -1;

    private CopyFacts()
    {
    }

    /**
     * @param partition of this agent.
     * @return what this member is to it.
     */
    public static CopyState stateOf(final Partition partition)
    {
        switch (partition.role())
        {
            case LEADING:
                return partition.isServing() ? CopyState.SERVING : CopyState.LEADING;
            case FOLLOWING:
                return CopyState.FOLLOWING;
            default:
                return partition.isLoading() ? CopyState.LOADING :
                    partition.takesLog() ? CopyState.LOADED :
                    Inspection.isStarved(partition) ? CopyState.STARVED : CopyState.NONE;
        }
    }

    /**
     * @param partition of this agent.
     * @return entries in the copy here.
     */
    public static long recordsOf(final Partition partition)
    {
        return partition.store().maps().size();
    }

    /**
     * @param partition of this agent.
     * @param memberId  of a member.
     * @return entries of the log that the member has not acknowledged; -1 where this member does not lead, or nothing
     *         is known of the other one.
     */
    public static long behind(final Partition partition, final int memberId)
    {
        if (!partition.isLeading())
        {
            return NOT_KNOWN;
        }
        if (partition.assignment().primary() == memberId)
        {
            return 0;
        }

        final Follower follower = partition.lead().followers().find(memberId);
        return follower == null || !follower.isKnown() ? NOT_KNOWN :
            Math.max(0, Sequences.counter(partition.log().last()) - Sequences.counter(follower.matched));
    }
}
