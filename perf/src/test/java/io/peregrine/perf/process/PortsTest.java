package io.peregrine.perf.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

import static org.junit.jupiter.api.Assertions.assertFalse;

class PortsTest
{
    @Test
    void shouldSeeThatAPortIsTakenOnAnotherHostOfThisMachine() throws IOException
    {
        try (DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET))
        {
            other.bind(new InetSocketAddress("127.0.1.3", 0));
            final int port = ((InetSocketAddress) other.getLocalAddress()).getPort();

            assertFalse(Ports.areFree(port - 1, 2));
        }
    }
}
