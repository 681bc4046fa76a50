package io.peregrine.transport.link;

import org.agrona.DirectBuffer;

/**
 * Receives the messages of a connection.
 */
@FunctionalInterface
public interface LinkHandler
{
    /**
     * A message.
     *
     * @param tag    of the request that it answers.
     * @param buffer valid during the call only.
     * @param offset where its header begins.
     * @param length of header and message.
     */
    void onMessage(int tag, DirectBuffer buffer, int offset, int length);
}
