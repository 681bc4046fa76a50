package io.peregrine.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that nobody has now, on whatever address.
 */
public final class Ports
{
    private static final int TRIES = 100;
    private static final int PAIR = 2;
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private Ports()
    {
    }

    /**
     * Two neighbouring UDP ports, as a node needs them.
     *
     * @return the lower one.
     */
    public static int freePair()
    {
        return freeRange(PAIR);
    }

    /**
     * Neighbouring UDP ports, below those that the system gives to whoever asks for any: nobody is given one of them
     * until they are used.
     *
     * @param count of ports.
     * @return the lowest one.
     */
    public static int freeRange(final int count)
    {
        for (int i = 0; i < TRIES; i++)
        {
            final int first = ThreadLocalRandom.current().nextInt(FIRST, LAST - count);
            if (areFree(first, count))
            {
                return first;
            }
        }

        throw new IllegalStateException("no " + count + " neighbouring UDP ports are free");
    }

    static boolean areFree(final int first, final int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                bind(first + i).close();
            }
            return true;
        }
        catch (final IOException isTaken)
        {
            return false;
        }
    }

    /**
     * A TCP port.
     *
     * @return the port.
     */
    public static int freeTcp()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("no TCP port is free", ex);
        }
    }

    /**
     * On all addresses: who has it on one of them is in the way.
     */
    private static DatagramChannel bind(final int port) throws IOException
    {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try
        {
            return channel.bind(new InetSocketAddress(port));
        }
        catch (final IOException ex)
        {
            channel.close();
            throw ex;
        }
    }
}
