package io.peregrine.perf.echo;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;

/**
 * One end of the echo: a stream out and a stream in. One thread at a time.
 */
final class EchoStreams
{
    private static final String LENGTHS = "|mtu=1408|term-length=128k|sparse=true";
    private static final int REQUESTS = 11;
    private static final int ANSWERS = 12;

    final ExclusivePublication out;
    final Subscription in;

    /**
     * @param driver   that moves them.
     * @param isServer or the end that asks.
     * @param isIpc    both ends are at one driver, that of the server.
     * @param port     of the server; that of the client is the next.
     */
    EchoStreams(final EchoDriver driver, final boolean isServer, final boolean isIpc, final int port)
    {
        final int here = isServer ? port : port + 1;
        final int there = isServer ? port + 1 : port;
        in = driver.aeron().addSubscription(
            isIpc ? "aeron:ipc" : "aeron:udp?endpoint=127.0.0.1:" + here, isServer ? REQUESTS : ANSWERS);
        out = driver.aeron().addExclusivePublication(
            (isIpc ? "aeron:ipc?alias=echo" : "aeron:udp?endpoint=127.0.0.1:" + there) + LENGTHS,
            isServer ? ANSWERS : REQUESTS);
    }

    boolean isConnected()
    {
        return out.isConnected() && in.isConnected();
    }
}
