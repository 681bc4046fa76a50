package io.peregrine.transport.link;

import java.util.concurrent.TimeUnit;

/**
 * How a client makes its links.
 *
 * @param clientId         drawn at random once for each client.
 * @param clientName       for operators; cut where it is longer than {@link LinkProtocol#MAX_NAME_LENGTH} bytes.
 * @param gridName         the grid that is meant; empty for any.
 * @param mtu              bytes of the longest datagram, a multiple of 32 from {@link LinkProtocol#MIN_MTU} to 65,504,
 *                         or 0 for what suits the way to the node; a message is 32 bytes shorter at most.
 * @param termLength       bytes of a term of each of a link's two streams, a power of two from 64 KiB; a link may have
 *                         half of it under way.
 * @param attemptTimeoutNs how long one attempt to connect lasts.
 * @param minBackoffNs     the rest after the first failed attempt.
 * @param maxBackoffNs     the longest rest.
 */
public record LinkSettings(
    long clientId,
    String clientName,
    String gridName,
    int mtu,
    int termLength,
    long attemptTimeoutNs,
    long minBackoffNs,
    long maxBackoffNs)
{
    /**
     * What suits most clients.
     *
     * @param clientId drawn at random once for each client.
     * @return settings.
     */
    public static LinkSettings defaults(final long clientId)
    {
        return new LinkSettings(
            clientId,
            "",
            "",
            LinkProtocol.MIN_MTU,
            128 * 1024,
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(800));
    }
}
