package io.peregrine.client.remote;

import java.util.function.IntPredicate;
import org.agrona.collections.LongArrayList;

/**
 * The sessions of a lane, one for each partition that it has written to. The lane's thread.
 */
final class LaneSessions
{
    private static final int MAX_SURPLUS = 1024;

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
            session = new PartitionSession(partition, settings.pauseNs());
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
     * What was asked for and will not be answered is asked for again.
     *
     * @param partitions for which that is so.
     */
    void onLost(final IntPredicate partitions)
    {
        for (final PartitionSession session : sessions)
        {
            if (session != null && session.state == PartitionSession.State.OPENING &&
                partitions.test(session.partition))
            {
                session.state = PartitionSession.State.NONE;
            }
        }
    }

    /**
     * In another grid's memory there is no session.
     */
    void onOtherGrid()
    {
        for (final PartitionSession session : sessions)
        {
            if (session != null)
            {
                session.state = PartitionSession.State.NONE;
                session.pauses.end();
            }
        }
        surplus.clear();
    }

    /**
     * Where another member leads, or the same one anew, nothing is held back any more.
     */
    void onNewEpochs(final Table before, final Table now)
    {
        for (final PartitionSession session : sessions)
        {
            if (session != null && (before.epochs[session.partition] != now.epochs[session.partition] ||
                before.place(session.partition) != now.place(session.partition)))
            {
                session.pauses.end();
            }
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
     * A session was opened that nobody needs. Of very many some are left to end by themselves.
     */
    void onSurplus(final int partition, final long sessionId)
    {
        if (surplus.size() < 2 * MAX_SURPLUS)
        {
            surplus.addLong(partition);
            surplus.addLong(sessionId);
        }
    }

    /**
     * Sessions that nobody needs, partition and id by turns, the last one first to go.
     */
    LongArrayList surplus()
    {
        return surplus;
    }

    /**
     * Have all of them ended.
     */
    void endBy(final Farewell farewell)
    {
        for (final PartitionSession session : sessions)
        {
            if (session != null && session.state == PartitionSession.State.OPEN)
            {
                farewell.add(session.partition, session.id);
            }
        }
        for (int i = 0; i < surplus.size(); i += 2)
        {
            farewell.add((int) surplus.getLong(i), surplus.getLong(i + 1));
        }
    }

    /**
     * Is there no session that nobody needs?
     */
    boolean isClean()
    {
        return surplus.isEmpty();
    }
}
