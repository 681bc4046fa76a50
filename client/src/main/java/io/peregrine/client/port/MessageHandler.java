package io.peregrine.client.port;

import org.agrona.DirectBuffer;

/**
 * Receives messages of the client's schema.
 */
@FunctionalInterface
public interface MessageHandler
{
    /**
     * A message.
     *
     * @param buffer valid during the call only.
     * @param offset where its header begins.
     * @param length of header and message.
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
