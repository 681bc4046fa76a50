package io.peregrine.transport.process;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

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
     * Find an address of this machine that nobody has, for a node that goes soon: somebody else may take it before.
     *
     * @return an endpoint of the loopback interface whose port is free, and the next one too.
     */
    public static String free()
    {
        while (true)
        {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
            {
                final String next = endpoint(socket.getLocalPort() + 1);
                if (isEndpoint(next))
                {
                    check(next);
                    return endpoint(socket.getLocalPort());
                }
            }
            catch (final StartupException taken)
            {
                continue;
            }
            catch (final IOException ex)
            {
                throw new StartupException("no UDP port of this machine can be had (" + ex + ")", ex);
            }
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
