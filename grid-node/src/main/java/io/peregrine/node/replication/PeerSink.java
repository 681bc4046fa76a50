package io.peregrine.node.replication;

import org.agrona.MutableDirectBuffer;

/**
 * Where messages to one data agent of another node are written. What is committed may be lost, and is never put behind
 * what was committed later on the same stream. Data agent's thread.
 */
public interface PeerSink
{
    /**
     * The result of {@link #tryClaim} when there is no room now: try again in a later cycle.
     */
    int BACK_PRESSURED = -1;

    /**
     * The result of {@link #tryClaim} when nothing gets there now: the message counts as lost.
     */
    int NOT_CONNECTED = -2;

    /**
     * Messages on one stream do not wait for those on another.
     */
    enum Stream
    {
        /**
         * Beats and their answers.
         */
        BEATS,
        /**
         * Entries and acknowledgements, and what must stay in order with them.
         */
        DATA,
        /**
         * Snapshots and views.
         */
        BULK
    }

    /**
     * Claim room for a message of any length; a commit or an abort has to follow when the result is not negative.
     *
     * @param stream that it goes by.
     * @param length of the message in bytes.
     * @return where it begins in {@link #buffer()}, a multiple of 8; or {@link #BACK_PRESSURED} or
     *         {@link #NOT_CONNECTED}.
     */
    int tryClaim(Stream stream, int length);

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
