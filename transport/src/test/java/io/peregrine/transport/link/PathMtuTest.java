package io.peregrine.transport.link;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PathMtuTest
{
    @Test
    void shouldBeLongWithinTheMachine() throws IOException
    {
        final List<InetAddress> own = NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4)
            .toList();

        assertEquals(PathMtu.LOCAL, PathMtu.to("127.0.0.1:7000"));
        assertEquals(PathMtu.LOCAL, PathMtu.to("[::1]:7000"));
        for (final InetAddress address : own)
        {
            assertEquals(PathMtu.LOCAL, PathMtu.to(address.getHostAddress() + ":7000"));
        }
    }

    @Test
    void shouldBeThatOfAnyNetworkWhenTheHostIsElsewhereOrNotKnown()
    {
        assertEquals(LinkProtocol.MIN_MTU, PathMtu.to("192.0.2.1:7000"));
        assertEquals(LinkProtocol.MIN_MTU, PathMtu.to("[:7000"));
    }
}
