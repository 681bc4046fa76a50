package io.peregrine.transport.link;

import org.agrona.MutableDirectBuffer;

/**
 * One thread's way to send by a connection. Without garbage and without waiting.
 */
public interface LinkSender
{
    /**
     * The result of {@link #tryClaim} when there is no room now: drive the link, try again.
     */
    int BACK_PRESSURED = -1;
    /**
     * The result of {@link #tryClaim} when the connection is lost.
     */
    int DISCONNECTED = -2;

    /**
     * The longest message that can be claimed.
     *
     * @return bytes, at least 1,024.
     */
    int maxMessageLength();

    /**
     * Claim room for a message; a commit or an abort has to follow soon when the result is not negative.
     *
     * @param tag    comes with the message and with its answers; 1 or higher.
     * @param length bytes.
     * @return where it begins in {@link #buffer()}, aligned to 8 bytes; or one of the negative codes.
     */
    int tryClaim(int tag, int length);

    /**
     * The buffer of the last claim.
     *
     * @return valid until commit or abort.
     */
    MutableDirectBuffer buffer();

    /**
     * Send what was claimed.
     */
    void commit();

    /**
     * Give back what was claimed.
     */
    void abort();
}
