package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.partition.SnapshotWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a partition's primary that lets others learn: answers their requests, one chunk for each, the last one
 * again when its number is asked for again. One snapshot of a partition at a time, and so many of all partitions of
 * the agent as there are slots; a learner that has its chunks holds neither.
 * <p>
 * <b>When a learner may count.</b> A primary proposes a learner for the in-sync set only after that learner said, in
 * its present attempt, that its copy is whole ({@link #isWhole}), and acknowledged entries in that attempt and under
 * the present epoch; what it acknowledged in another does not count. So from the moment that a learner says so it must
 * keep that copy: it may be in the set before it knows. It may drop it when its attempt is over for good, and
 * BEGIN_AGAIN says that: it is never said while the learner may be in the set, and an attempt that is over is
 * remembered, so that no request that was late or came twice begins it again. A change of the primary ends all
 * attempts with the former: what that one proposed is refused, as the epoch has moved.
 */
public final class SnapshotGiver
{
    /**
     * The index by which a learner gives an attempt up.
     */
    public static final int GIVEN_UP = -1;

    /**
     * What a learner has whose copy is not whole.
     */
    public static final long NOTHING_WHOLE = -1;

    /**
     * Repeats of a request after whose time a learner that says nothing is given up.
     */
    static final int PATIENCE = 40;

    private final GiverHost host;
    private final Slots slots;
    private final CopyShare share;
    private final int chunkBytes;
    private final long patienceNs;
    private final EndedAttempts ended = new EndedAttempts();
    private final List<Session> sessions = new ArrayList<>();
    private boolean isLeading;
    private SnapshotWriter writer;
    private Session reader;

    /**
     * @param host     the partition.
     * @param slots    of the agent.
     * @param share    of the agent's time that may go into snapshots.
     * @param settings of replication.
     */
    public SnapshotGiver(
        final GiverHost host, final Slots slots, final CopyShare share, final ReplicationSettings settings)
    {
        this.host = host;
        this.slots = slots;
        this.share = share;
        chunkBytes = settings.chunkBytes();
        patienceNs = settings.resendNs() * PATIENCE;
    }

    /**
     * This member leads from now on.
     */
    public void lead()
    {
        isLeading = true;
    }

    /**
     * This member leads no longer. Before its store is closed.
     */
    public void cease()
    {
        isLeading = false;
        for (final Session session : sessions)
        {
            ended.end(session.memberId, session.attempt);
        }

        closeWriter();
        slots.sessions(-sessions.size());
        sessions.clear();
    }

    /**
     * @return whether a learner is given a snapshot, and holds a slot of the agent.
     */
    public boolean isGiving()
    {
        return writer != null;
    }

    /**
     * @return whether a learner waits for a chunk until there is time for it again.
     */
    public boolean isPausing()
    {
        for (final Session session : sessions)
        {
            if (session.isAwaited)
            {
                return true;
            }
        }

        return false;
    }

    /**
     * A learner asks.
     *
     * @param memberId    of the learner.
     * @param incarnation of the learner.
     * @param attempt     number of its attempt.
     * @param index       of the chunk, the one behind the last, or {@link #GIVEN_UP}.
     * @param have        sequence up to which its copy is whole, or {@link #NOTHING_WHOLE}.
     * @param nowNs       of the node's monotonic clock.
     */
    public void onRequest(
        final int memberId,
        final long incarnation,
        final int attempt,
        final int index,
        final long have,
        final long nowNs)
    {
        if (!isLeading)
        {
            host.sendDenied(memberId, attempt, Denial.NOT_PRIMARY);
            return;
        }

        Session session = find(memberId);
        if (host.mayBeInSync(memberId) || ended.isFormerLife(memberId, incarnation))
        {
            hear(session, nowNs);
            return;
        }
        if (session != null && (ended.isNewLife(memberId, incarnation) || session.attempt < attempt))
        {
            end(session);
            session = null;
        }
        ended.onLife(memberId, incarnation);
        if (ended.isOver(memberId, attempt) || index == GIVEN_UP || session == null && index != 0)
        {
            over(session, memberId, attempt);
        }
        else if (session == null)
        {
            begin(memberId, attempt, have, nowNs);
        }
        else
        {
            hear(session, nowNs);
            goOn(session, index, have, nowNs);
        }
    }

    /**
     * Send what is awaited or found no room, and end attempts of which nothing is heard.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        int work = 0;
        for (int i = sessions.size() - 1; i >= 0; i--)
        {
            final Session session = sessions.get(i);
            if (session.isOwed)
            {
                sendChunk(session);
                work += session.isOwed ? 0 : 1;
            }
            else if (session.isAwaited && share.isFree(nowNs))
            {
                next(session);
                work++;
            }
            if (nowNs - session.heardNs > patienceNs && !host.mayBeInSync(session.memberId))
            {
                end(session);
                work++;
            }
        }

        return work;
    }

    /**
     * @param memberId of a member.
     * @return whether it said in its present attempt that its copy is whole.
     */
    public boolean isWhole(final int memberId)
    {
        final Session session = find(memberId);
        return session != null && session.isWhole;
    }

    /**
     * A learner is in the in-sync set: it learns no longer.
     *
     * @param memberId of it.
     */
    public void onJoined(final int memberId)
    {
        final Session session = find(memberId);
        if (session != null)
        {
            forget(session);
        }
    }

    /**
     * The log is not kept for a learner any longer. Not for one that may be in the set.
     *
     * @param memberId of it.
     */
    public void drop(final int memberId)
    {
        final Session session = find(memberId);
        if (session != null)
        {
            over(session, memberId, session.attempt);
        }
    }

    private void begin(final int memberId, final int attempt, final long have, final long nowNs)
    {
        final Session session = new Session(memberId, attempt, nowNs);
        ended.end(memberId, attempt - 1);
        if (have != NOTHING_WHOLE && host.reachesBack(have))
        {
            session.hasChunks = true;
            session.isWhole = true;
            add(session);
            host.follow(memberId, attempt, have);
            host.sendDenied(memberId, attempt, Denial.TAKE_LOG);
        }
        else if (writer != null || !slots.take())
        {
            host.sendDenied(memberId, attempt, Denial.BUSY);
        }
        else
        {
            writer = new SnapshotWriter(host.store(), chunkBytes);
            reader = session;
            add(session);
            make();
            session.made = 1;
            host.follow(memberId, attempt, writer.snapshotId());
            sendChunk(session);
        }
    }

    private void goOn(final Session session, final int index, final long have, final long nowNs)
    {
        if (session.made == 0)
        {
            host.sendDenied(session.memberId, session.attempt, Denial.TAKE_LOG);
        }
        else if (session.hasChunks)
        {
            session.isWhole |= index == session.made && have != NOTHING_WHOLE;
        }
        else if (index == session.made - 1)
        {
            sendChunk(session);
        }
        else if (index == session.made && writer.isComplete())
        {
            session.hasChunks = true;
            session.isWhole = have != NOTHING_WHOLE;
            closeWriter();
        }
        else if (index == session.made)
        {
            session.isAwaited = true;
            if (share.isFree(nowNs))
            {
                next(session);
            }
        }
    }

    private boolean make()
    {
        share.begin();
        final boolean isMade = writer.next();
        share.end(host.isLackingCopies());
        return isMade;
    }

    private void next(final Session session)
    {
        session.isAwaited = false;
        if (make())
        {
            session.made++;
            sendChunk(session);
        }
        else
        {
            over(session, session.memberId, session.attempt);
        }
    }

    private void sendChunk(final Session session)
    {
        session.isOwed =
            !host.sendChunk(session.memberId, session.attempt, session.made - 1, writer.buffer(), writer.length());
    }

    private void over(final Session session, final int memberId, final int attempt)
    {
        if (session != null && session.attempt <= attempt)
        {
            end(session);
        }

        ended.end(memberId, attempt);
        host.sendDenied(memberId, attempt, Denial.BEGIN_AGAIN);
    }

    private void end(final Session session)
    {
        forget(session);
        host.unfollow(session.memberId);
    }

    private void forget(final Session session)
    {
        ended.end(session.memberId, session.attempt);
        if (session == reader)
        {
            closeWriter();
        }

        if (sessions.remove(session))
        {
            slots.sessions(-1);
        }
    }

    private void add(final Session session)
    {
        sessions.add(session);
        slots.sessions(1);
    }

    private void closeWriter()
    {
        if (writer != null)
        {
            reader.isOwed = false;
            writer.close();
            writer = null;
            reader = null;
            slots.giveBack();
        }
    }

    private static void hear(final Session session, final long nowNs)
    {
        if (session != null)
        {
            session.heardNs = nowNs;
        }
    }

    private Session find(final int memberId)
    {
        for (final Session session : sessions)
        {
            if (session.memberId == memberId)
            {
                return session;
            }
        }

        return null;
    }
}
