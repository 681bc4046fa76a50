package io.peregrine.client.port;

import org.agrona.MutableDirectBuffer;

/**
 * Where messages are written straight into memory that the receiver reads. Single-threaded.
 */
public interface MessageSink
{
    /**
     * The longest message that can be claimed.
     *
     * @return bytes, at least 256.
     */
    int maxMessageLength();

    /**
     * Claim room for a message; a commit or an abort has to follow when the result is not negative.
     *
     * @param partition that the message is for, where that matters.
     * @param length    of the message in bytes.
     * @return where it begins in {@link #buffer()}; or negative: there is no room now, or never again.
     */
    int tryClaim(int partition, int length);

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

    /**
     * One request that came for this sink gets no answer: it was sent again while it was under way, and whoever sent it
     * last gets the one that there is.
     */
    default void waive()
    {
    }

    /**
     * Does whoever gets the answers understand a Redirect? Otherwise a refusal says that the partition is not served.
     *
     * @return true if so.
     */
    default boolean takesRedirects()
    {
        return false;
    }
}
