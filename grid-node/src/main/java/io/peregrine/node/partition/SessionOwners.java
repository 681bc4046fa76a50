package io.peregrine.node.partition;

import io.peregrine.client.port.MessageSink;

/**
 * Who has the connections of the clients, and so knows which sessions are in use though no request comes. Asked once a
 * timeout for a session that is idle, by the data agent; nothing is written for the answer. A session whose client is
 * gone ends between one timeout and two after the client was last there.
 */
@FunctionalInterface
public interface SessionOwners
{
    /**
     * Nobody has any connection.
     */
    SessionOwners NONE = (partition, sessionId) -> false;

    /**
     * @param partition of the session.
     * @param sessionId of it.
     * @return whether its client is connected and was heard of lately.
     */
    boolean isThere(int partition, long sessionId);

    /**
     * A session was opened.
     *
     * @param partition of the session.
     * @param sessionId of it.
     * @param sink      of whoever asked for it.
     */
    default void opened(final int partition, final long sessionId, final MessageSink sink)
    {
    }

    /**
     * A session was closed as its client asked.
     *
     * @param partition of the session.
     * @param sessionId of it.
     */
    default void closed(final int partition, final long sessionId)
    {
    }

    /**
     * A partition is led elsewhere from now on.
     *
     * @param partition whose sessions are not this node's to watch any more.
     */
    default void ceased(final int partition)
    {
    }
}
