package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.storage.session.Sessions;

/**
 * Opens and closes sessions. One for all partitions of a data agent.
 */
final class SessionDesk
{
    /**
     * The session could not be opened now.
     */
    static final long NONE = 0;

    private final Desk desk;

    SessionDesk(final Desk desk)
    {
        this.desk = desk;
    }

    /**
     * Those whose entries are in the log and not applied count as open: apply never looks at the limit.
     *
     * @return the session's id, which is the sequence of the entry that opened it, or {@link #NONE}.
     */
    long open(final Partition partition, final long timeoutNs, final long nowNs)
    {
        if (!partition.isServing() || timeoutNs <= 0 || timeoutNs > Limits.MAX_DURATION_NS ||
            partition.store().sessions().size() + partition.opening() >= Sessions.MAX_SESSIONS ||
            !partition.claim(Entries.SHORT_ENTRY))
        {
            return NONE;
        }

        final Stamp stamp = partition.stamp(desk.stamp, partition.time(nowNs));
        final long id = stamp.sequence;
        partition.append(desk.entries.openSession(partition.buffer(), partition.offset(), stamp, timeoutNs));
        return id;
    }

    /**
     * @param partition or null, where another agent owns it.
     * @return why no session can be opened, or null.
     */
    Reason refusal(final Partition partition, final long timeoutNs)
    {
        if (partition == null || !partition.isServing())
        {
            return Reason.NOT_SERVING;
        }
        if (timeoutNs <= 0 || timeoutNs > Limits.MAX_DURATION_NS)
        {
            return Reason.EXPIRY_INVALID;
        }

        return partition.store().sessions().size() + partition.opening() >= Sessions.MAX_SESSIONS ?
            Reason.TOO_MANY_SESSIONS : null;
    }

    /**
     * @return whether the end of the session is in the log.
     */
    boolean close(final Partition partition, final long sessionId, final long nowNs)
    {
        if (!partition.isServing() || !partition.claim(Entries.SHORT_ENTRY))
        {
            return false;
        }

        final Stamp stamp = partition.stamp(desk.stamp, partition.time(nowNs));
        partition.append(desk.entries.closeSession(partition.buffer(), partition.offset(), stamp, sessionId));
        return true;
    }
}
