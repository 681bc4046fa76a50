package io.peregrine.transport.guard;

import org.agrona.concurrent.AtomicBuffer;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/**
 * Hosts that datagrams do not reach, or from which they do not come, so that whoever verifies a grid can cut the links
 * between its nodes. Each node has a host of its own then; on one machine 127.0.1.1 and so on. Of IPv4 only.
 * <p>
 * Written by one thread of any process, read by the drivers of another, who see each change at their next datagram.
 */
public final class CutTable
{
    /**
     * Bytes of a table.
     */
    public static final int LENGTH = 256;

    private static final int SLOT = 2 * Integer.BYTES;
    private static final int SLOTS = LENGTH / SLOT;
    private static final int FLAGS = Integer.BYTES;
    private static final int TO = 1;
    private static final int FROM = 2;
    private static final int NOBODY = 0;

    private final AtomicBuffer buffer;

    /**
     * A table in a buffer; all zeros is one where nothing is cut.
     *
     * @param buffer of {@link #LENGTH} bytes or more.
     */
    public CutTable(final AtomicBuffer buffer)
    {
        this.buffer = buffer;
    }

    /**
     * Say what is lost from now on. Writer only.
     *
     * @param host         at the other end.
     * @param losesSent    whether what is sent there is lost.
     * @param losesArrived whether what comes from there is lost.
     */
    public void set(final Inet4Address host, final boolean losesSent, final boolean losesArrived)
    {
        final int address = host.hashCode();
        for (int at = 0; at < SLOTS * SLOT; at += SLOT)
        {
            final int there = buffer.getInt(at);
            if (there == address || there == NOBODY)
            {
                buffer.putIntVolatile(at + FLAGS, (losesSent ? TO : 0) | (losesArrived ? FROM : 0));
                buffer.putIntVolatile(at, address);
                return;
            }
        }

        throw new IllegalStateException("a table of cut links has room for " + SLOTS + " hosts, and " + host +
            " would be one more");
    }

    boolean losesTo(final InetSocketAddress to)
    {
        return loses(to, TO);
    }

    boolean losesFrom(final InetSocketAddress from)
    {
        return loses(from, FROM);
    }

    private boolean loses(final InetSocketAddress other, final int direction)
    {
        if (!(other.getAddress() instanceof final Inet4Address host))
        {
            return false;
        }

        final int address = host.hashCode();
        for (int at = 0; at < SLOTS * SLOT; at += SLOT)
        {
            final int there = buffer.getIntVolatile(at);
            if (there == address)
            {
                return (buffer.getIntVolatile(at + FLAGS) & direction) != 0;
            }
            if (there == NOBODY)
            {
                return false;
            }
        }

        return false;
    }
}
