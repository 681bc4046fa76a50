package io.peregrine.transport.peer;

import org.agrona.DirectBuffer;

/**
 * Takes the messages that other nodes sent. Whoever reaches the address can send some.
 */
@FunctionalInterface
public interface PeerHandler
{
    /**
     * @param buffer with the message, valid during the call.
     * @param offset of it, a multiple of 8.
     * @param length of it in bytes.
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
