package io.peregrine.node.gateway;

import io.peregrine.client.port.MessageSink;
import io.peregrine.node.partition.SessionOwners;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Which client opened which session, and by which link it speaks now: so that the sessions of connected clients do not
 * end, and that nobody speaks in the session of another. On the data agent's thread; not replicated: whoever speaks
 * first in a session that is not in the book owns it.
 */
final class SessionBook implements SessionOwners
{
    private final Long2ObjectHashMap<Owner>[] byPartition;

    @SuppressWarnings({"unchecked", "rawtypes"})
    SessionBook(final int partitions)
    {
        byPartition = new Long2ObjectHashMap[partitions];
    }

    @Override
    public void opened(final int partition, final long sessionId, final MessageSink sink)
    {
        if (sink instanceof TagEnd tag)
        {
            opened(partition, sessionId, tag.end());
        }
    }

    @Override
    public void closed(final int partition, final long sessionId)
    {
        if (byPartition[partition] != null)
        {
            byPartition[partition].remove(sessionId);
        }
    }

    @Override
    public void ceased(final int partition)
    {
        byPartition[partition] = null;
    }

    private void opened(final int partition, final long sessionId, final LinkEnd end)
    {
        if (byPartition[partition] == null)
        {
            byPartition[partition] = new Long2ObjectHashMap<>();
        }
        byPartition[partition].put(sessionId, new Owner(end));
    }

    /**
     * Somebody speaks in a session.
     *
     * @param end  of the link by which he speaks.
     * @param desk knows which sessions there are.
     * @return false when the session is that of another client.
     */
    boolean speaks(final int partition, final long sessionId, final LinkEnd end, final RequestDesk desk)
    {
        final Owner owner = find(partition, sessionId);
        if (owner == null)
        {
            if (desk.hasSession(partition, sessionId))
            {
                opened(partition, sessionId, end);
            }
            return true;
        }
        if (owner.clientId != end.link.clientId())
        {
            return false;
        }

        owner.end = end;
        return true;
    }

    @Override
    public boolean isThere(final int partition, final long sessionId)
    {
        final Owner owner = find(partition, sessionId);
        if (owner == null)
        {
            return false;
        }
        if (!owner.end.isOpen())
        {
            byPartition[partition].remove(sessionId);
            return false;
        }

        return true;
    }

    private Owner find(final int partition, final long sessionId)
    {
        final Long2ObjectHashMap<Owner> sessions =
            partition >= 0 && partition < byPartition.length ? byPartition[partition] : null;
        return sessions == null ? null : sessions.get(sessionId);
    }

    /**
     * Of one session.
     */
    private static final class Owner
    {
        private final long clientId;
        private LinkEnd end;

        private Owner(final LinkEnd end)
        {
            this.end = end;
            clientId = end.link.clientId();
        }
    }
}
