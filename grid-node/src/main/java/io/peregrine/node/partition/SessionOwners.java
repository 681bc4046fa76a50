package io.peregrine.node.partition;

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
}
