package io.peregrine.transport.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether this process may listen where it was told to: asked at launch, as a media driver reports it late and
 * obscurely.
 */
public final class UdpPort
{
    /**
     * The port of a node that was given no other: below those that systems hand out by themselves.
     */
    public static final int DEFAULT = 7389;

    private static final int FREE_FROM = 20_000;
    private static final int FREE_TO = 32_000;
    private static final int TRIES = 1_000;

    private UdpPort()
    {
    }

    /**
     * @param endpoint host and port, {@code 10.0.0.1:40100} or {@code [::1]:40100}.
     * @return true when it has that form; whether the host is known is not asked.
     */
    public static boolean isEndpoint(final String endpoint)
    {
        return endpoint.matches("([^:\\[\\]\\s]+|\\[[0-9a-fA-F:.%]+]):\\d{1,5}") && port(endpoint) <= 0xFFFF;
    }

    /**
     * @param endpoint host and port.
     * @throws StartupException when it cannot be bound.
     */
    public static void check(final String endpoint)
    {
        final InetSocketAddress address = new InetSocketAddress(host(endpoint), port(endpoint));
        if (address.isUnresolved())
        {
            throw new StartupException("the host of " + endpoint + " is not known: correct the setting 'bind'.");
        }
        final StandardProtocolFamily family = address.getAddress().getAddress().length == Integer.BYTES ?
            StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel channel = DatagramChannel.open(family))
        {
            channel.bind(address);
        }
        catch (final BindException ex)
        {
            throw new StartupException("cannot listen at " + endpoint + " (" + ex.getMessage() + "): another process " +
                "has the port, or the address is not of this machine; set another in 'bind'.", ex);
        }
        catch (final IOException ex)
        {
            throw new StartupException("cannot listen at " + endpoint + " (" + ex + "): correct 'bind'.", ex);
        }
    }

    /**
     * Find an address of this machine that nobody has, for a node that goes soon. It is taken by chance from below the
     * ports that systems hand out by themselves, so that hardly anybody takes it before.
     *
     * @return an endpoint of the loopback interface whose port is free, and the next one too.
     */
    public static String free()
    {
        for (int i = 0; i < TRIES; i++)
        {
            final int port = FREE_FROM + 2 * ThreadLocalRandom.current().nextInt((FREE_TO - FREE_FROM) / 2);
            if (isFree(endpoint(port)) && isFree(endpoint(port + 1)))
            {
                return endpoint(port);
            }
        }
        throw new StartupException("no free UDP port was found from " + FREE_FROM + " to " + FREE_TO + ".");
    }

    private static boolean isFree(final String endpoint)
    {
        try
        {
            check(endpoint);
            return true;
        }
        catch (final StartupException taken)
        {
            return false;
        }
    }

    private static String endpoint(final int port)
    {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
    }

    private static String host(final String endpoint)
    {
        final String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(final String endpoint)
    {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }
}
