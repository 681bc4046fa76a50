package io.peregrine.transport.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * How long datagrams are on the way to a node, where nobody says it. What a datagram costs hardly depends on its
 * length: within a machine long ones carry many messages at once, while a network cuts them into pieces, and loses all
 * where it loses one.
 */
public final class PathMtu
{
    /**
     * Bytes of the longest datagram within a machine. Of longer ones too few fit into the window of a stream.
     */
    public static final int LOCAL = 8 * 1024;

    private PathMtu()
    {
    }

    /**
     * The length on the way to a node.
     *
     * @param endpoint host and port.
     * @return bytes; those of any network where the host is not known.
     */
    public static int to(final String endpoint)
    {
        final String host = endpoint.substring(0, Math.max(0, endpoint.lastIndexOf(':')));
        try
        {
            final InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null ?
                LOCAL : LinkProtocol.MIN_MTU;
        }
        catch (final IOException ex)
        {
            return LinkProtocol.MIN_MTU;
        }
    }
}
