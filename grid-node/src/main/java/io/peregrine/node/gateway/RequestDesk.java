package io.peregrine.node.gateway;

import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import org.agrona.DirectBuffer;

/**
 * Where requests are carried out that came whole. On the data agent's thread.
 */
public interface RequestDesk
{
    /**
     * Carry out a request. It is answered by one message, now or later; a fault is an answer too.
     *
     * @param buffer with the message.
     * @param offset where its header begins.
     * @param length of header and message, long enough for a correlation id.
     * @param sink   for the answer; always has room.
     * @param nowNs  of the node's monotonic clock.
     */
    void onRequest(DirectBuffer buffer, int offset, int length, MessageSink sink, long nowNs);

    /**
     * Answer that a request was not carried out.
     *
     * @param sink          for the answer.
     * @param correlationId of the request.
     * @param reason        why.
     */
    void refuse(MessageSink sink, long correlationId, Reason reason);

    /**
     * Is there such a session?
     *
     * @param partition of this agent or not.
     * @param sessionId of it.
     * @return true if so.
     */
    boolean hasSession(int partition, long sessionId);
}
