package io.peregrine.transport.link;

/**
 * A client's way to one data agent of a node, which is made again whenever it is lost, after growing pauses, until it
 * is closed. One thread at a time calls {@link #work} and {@link #poll}; any thread asks for the connection and sends
 * by it.
 */
public interface ClientLink extends AutoCloseable
{
    /**
     * The connection that is open now.
     *
     * @return null while there is none. Any thread.
     */
    LinkConnection connection();

    /**
     * Why there is no connection.
     *
     * @return what the node said or what failed when it was last tried, with what to do; null if nothing did. Any
     *         thread.
     */
    LinkFault fault();

    /**
     * Move connecting, beats and the loss of connections on. Does not wait.
     *
     * @param nowNs of a monotonic clock.
     * @return work done.
     */
    int work(long nowNs);

    /**
     * Take messages that came by the connection that is open now.
     *
     * @param handler receives each; it may send. An exception of it is thrown on, and the message is gone.
     * @param limit   the most to take.
     * @return how many were taken.
     */
    int poll(LinkHandler handler, int limit);

    /**
     * Say goodbye if there is a connection and give everything back. Safe to call twice.
     */
    @Override
    void close();
}
