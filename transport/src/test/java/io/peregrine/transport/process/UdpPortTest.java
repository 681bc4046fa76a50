package io.peregrine.transport.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class UdpPortTest
{
    @Test
    void shouldFindAnAddressThatIsFree()
    {
        final String address = UdpPort.free();

        UdpPort.check(address);
        assertTrue(UdpPort.isEndpoint(address), address);
    }

    @Test
    void shouldRefuseAPortWhenItIsTaken() throws IOException
    {
        final String endpoint;
        try (DatagramChannel taken = DatagramChannel.open())
        {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            endpoint = "127.0.0.1:" + ((InetSocketAddress) taken.getLocalAddress()).getPort();
            final StartupException refusal = assertThrows(StartupException.class, () -> UdpPort.check(endpoint));
            assertTrue(refusal.getMessage().contains(endpoint), refusal.getMessage());
        }
        assertDoesNotThrow(() -> UdpPort.check(endpoint));
    }

    @Test
    void shouldRefuseAnAddressWhenItIsNotOfThisMachine()
    {
        assertThrows(StartupException.class, () -> UdpPort.check("203.0.113.7:40100"));
    }

    @Test
    void shouldKnowAnEndpointByItsForm()
    {
        assertTrue(UdpPort.isEndpoint("localhost:40100"));
        assertTrue(UdpPort.isEndpoint("[::1]:40100"));
        assertFalse(UdpPort.isEndpoint("localhost"));
        assertFalse(UdpPort.isEndpoint("localhost:99999"));
        assertFalse(UdpPort.isEndpoint("::1:40100"));
        assertFalse(UdpPort.isEndpoint(":40100"));
        assertFalse(UdpPort.isEndpoint(""));
    }
}
