package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that know several nodes.
 */
@Timeout(120)
class SeveralAddressesTest
{
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGoOverToAnotherNodeAndBackWhenItsNodeIsLost(final boolean ipc) throws Exception
    {
        try (Served one = new Served(); Served two = new Served())
        {
            final String addresses = one.address() + "," + (ipc ? two.ipcAddress() : two.address());
            two.stop();
            try (GridClient client = GridClient.connect(one.context(false)
                .connect(addresses)
                .set(ClientSettings.LIVE_DIR, two.liveDirectory())))
            {
                final GridMap<String, String> map = client.grid().map("map", Codecs.STRING, Codecs.STRING);
                for (int round = 0; round < 3; round++)
                {
                    final Served serving = round % 2 == 0 ? one : two;
                    final Served next = round % 2 == 0 ? two : one;
                    final String value = "round " + round;
                    put(map, value);
                    assertEquals(value, serving.node().grid().map("map", Codecs.STRING, Codecs.STRING).get("key"));
                    serving.stop();
                    next.start();
                    Served.await("the other node", () -> map.get("key") == null);
                }
                Served.await("connection", client::isConnected);
            }
        }
    }

    /**
     * A write that was sent to a node that is gone may have been carried out there.
     */
    private static void put(final GridMap<String, String> map, final String value)
    {
        try
        {
            map.put("key", value);
        }
        catch (final OutcomeUnknownException ex)
        {
            map.put("key", value);
        }
    }
}
