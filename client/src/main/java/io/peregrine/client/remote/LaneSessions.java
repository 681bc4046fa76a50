package io.peregrine.client.remote;

import org.agrona.collections.LongArrayList;

/**
 * The sessions of a lane, one for each partition that it has written to. The lane's thread.
 */
final class LaneSessions
{
    private final PartitionSession[] sessions;
    private final LongArrayList surplus = new LongArrayList();
    private final LaneSettings settings;

    LaneSessions(final LaneSettings settings)
    {
        this.settings = settings;
        sessions = new PartitionSession[settings.partitions()];
    }

    PartitionSession of(final int partition)
    {
        PartitionSession session = sessions[partition];
        if (session == null)
        {
            session = new PartitionSession(partition);
            sessions[partition] = session;
        }
        return session;
    }

    /**
     * @return null where the lane never wrote.
     */
    PartitionSession find(final int partition)
    {
        return sessions[partition];
    }

    /**
     * What was asked for by the former connection is asked for again; in another grid's memory there is no session.
     */
    void onConnection(final int agent, final boolean otherGrid)
    {
        for (int partition = agent; partition < sessions.length; partition += settings.agents())
        {
            final PartitionSession session = sessions[partition];
            if (session != null && (otherGrid || session.state == PartitionSession.State.OPENING))
            {
                session.state = PartitionSession.State.NONE;
            }
        }
        if (otherGrid)
        {
            surplus.clear();
        }
    }

    /**
     * Ask again for sessions that were asked for long ago.
     */
    void askAgain(final long nowNs)
    {
        for (final PartitionSession session : sessions)
        {
            if (session != null && session.state == PartitionSession.State.OPENING &&
                nowNs - session.askedNs >= settings.askAgainNs())
            {
                session.state = PartitionSession.State.NONE;
            }
        }
    }

    /**
     * A session was opened that nobody needs.
     */
    void onSurplus(final int partition, final long sessionId)
    {
        surplus.addLong(partition);
        surplus.addLong(sessionId);
    }

    /**
     * Sessions that nobody needs, partition and id by turns, the last one first to go.
     */
    LongArrayList surplus()
    {
        return surplus;
    }

    /**
     * Is there no session that nobody needs?
     */
    boolean isClean()
    {
        return surplus.isEmpty();
    }
}
