package io.peregrine.transport.guard;

import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Takes as many datagrams from a socket in one cycle as are there, up to a limit, where the driver would take one. The
 * last one is left to the driver. On the driver's thread.
 */
final class Intake
{
    private static final int MAX_DATAGRAM = 64 * 1024;

    /**
     * Where the datagrams before the last are read into.
     */
    final UnsafeBuffer buffer;

    private final ByteBuffer spare = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final Burst burst = new Burst();
    private final Socket socket;
    private final Taker taker;

    /**
     * What the endpoint reads from.
     */
    interface Socket
    {
        InetSocketAddress receive(ByteBuffer to);
    }

    /**
     * Takes a datagram out of the buffer.
     */
    interface Taker
    {
        void take(int length, InetSocketAddress from);
    }

    Intake(final Socket socket, final Taker taker)
    {
        this.socket = socket;
        this.taker = taker;
        buffer = new UnsafeBuffer(spare);
    }

    /**
     * @param last           takes the last datagram.
     * @param mayTakeSeveral whether any may be taken before it.
     * @return who sent the last, or null when there is none.
     */
    InetSocketAddress receive(final ByteBuffer last, final boolean mayTakeSeveral)
    {
        for (int left = mayTakeSeveral ? burst.next() : 1; left > 1; left--)
        {
            final InetSocketAddress from = socket.receive(spare);
            if (from == null)
            {
                burst.onEmpty();
                return null;
            }
            taker.take(spare.position(), from);
        }

        final InetSocketAddress from = socket.receive(last);
        if (from == null)
        {
            burst.onEmpty();
        }
        else
        {
            burst.onFull();
        }
        return from;
    }
}
