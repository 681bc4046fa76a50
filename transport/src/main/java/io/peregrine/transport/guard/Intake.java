package io.peregrine.transport.guard;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Takes as many datagrams from a socket in one cycle as are there, up to a limit, where the driver would take one and
 * leaves the last one to it; or takes all by itself, between two cycles. On the driver's thread.
 */
final class Intake
{
    /**
     * Where the datagrams before the last are read into.
     */
    final UnsafeBuffer buffer;

    private final ByteBuffer spare;
    private final Burst burst;
    private final NanoClock clock;
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

    /**
     * @param spare  to read into; shared with others that are not asked meanwhile.
     * @param clock  moves with the driver's cycles.
     * @param socket to read.
     * @param taker  of what comes.
     * @param burst  how many to take.
     */
    Intake(
        final ByteBuffer spare, final NanoClock clock, final Socket socket, final Taker taker, final Burst burst)
    {
        this.spare = spare;
        this.burst = burst;
        this.clock = clock;
        this.socket = socket;
        this.taker = taker;
        buffer = new UnsafeBuffer(spare);
    }

    /**
     * In a cycle of the driver.
     *
     * @param last           takes the last datagram.
     * @param mayTakeSeveral whether any may be taken before it.
     * @return who sent the last, or null when there is none.
     */
    InetSocketAddress receive(final ByteBuffer last, final boolean mayTakeSeveral)
    {
        int left = burst.next(clock.nanoTime());
        if (left == 0)
        {
            return null;
        }
        for (left = mayTakeSeveral ? left : 1; left > 1; left--)
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

    /**
     * Between two cycles of the driver.
     *
     * @param nowNs        of the driver's clock.
     * @param errorHandler of what the driver's cycle would have caught.
     * @return bytes taken.
     */
    int takeAll(final long nowNs, final ErrorHandler errorHandler)
    {
        int bytes = 0;
        try
        {
            for (int left = burst.next(nowNs); left > 0; left--)
            {
                final InetSocketAddress from = socket.receive(spare);
                if (from == null)
                {
                    burst.onEmpty();
                    return bytes;
                }
                bytes += spare.position();
                taker.take(spare.position(), from);
            }
            if (bytes > 0)
            {
                burst.onFull();
            }
        }
        catch (final RuntimeException ex)
        {
            errorHandler.onError(ex);
        }
        return bytes;
    }
}
