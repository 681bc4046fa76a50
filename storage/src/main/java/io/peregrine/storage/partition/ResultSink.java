package io.peregrine.storage.partition;

import org.agrona.DirectBuffer;

/**
 * Receives the result of an applied entry. Data agent's thread.
 */
@FunctionalInterface
public interface ResultSink
{
    /**
     * The result of an entry: called exactly once by each apply. For a retry it is the first result, byte by byte, with
     * the sequence of the first entry.
     *
     * @param buffer with a {@code Result} message; its bytes are good during the call only.
     * @param offset of its header.
     * @param length of it.
     */
    void onResult(DirectBuffer buffer, int offset, int length);
}
