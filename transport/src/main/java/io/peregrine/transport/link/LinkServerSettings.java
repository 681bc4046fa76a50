package io.peregrine.transport.link;

/**
 * The limits of one end at which links come in.
 *
 * @param maxLinks           links at one time, those whose handshake is under way included.
 * @param maxStreamBytes     bytes that the streams of all links may take; a link counts with six terms.
 * @param maxTermLength      bytes of the longest term that a client may ask for; its answers have the same.
 * @param windowLength       bytes that a client may have on their way to here over UDP, hence what may be before
 *                           another one's request.
 * @param maxMtu             bytes of the longest datagram that a client may ask for; its answers have the same.
 * @param handshakeTimeoutNs how long a client may take from its stream's arrival to its Hello.
 * @param beatIntervalNs     how often a client has to beat.
 * @param silenceLimitNs     after how long without a sign of life a link is given up.
 */
public record LinkServerSettings(
    int maxLinks,
    long maxStreamBytes,
    int maxTermLength,
    int windowLength,
    int maxMtu,
    long handshakeTimeoutNs,
    long beatIntervalNs,
    long silenceLimitNs)
{
    /**
     * Terms of both streams of a link.
     */
    static final int TERMS = 6;

    long streamBytes(final int termLength)
    {
        return (long) TERMS * termLength;
    }
}
