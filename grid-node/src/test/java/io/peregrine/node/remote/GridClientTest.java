package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.client.KeyResult;
import io.peregrine.client.RefusedException;
import io.peregrine.transport.process.UdpPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class GridClientTest
{
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeEveryLevelOfTheApi(final boolean ipc) throws Exception
    {
        try (Served served = new Served(); GridClient client = served.connect(ipc))
        {
            final GridMap<String, String> map = client.grid().map("map", Codecs.STRING, Codecs.STRING);
            assertNull(map.put("a", "1"));
            assertEquals("1", map.get("a"));
            assertEquals("1", map.async().put("a", "2").toCompletableFuture().get(60, TimeUnit.SECONDS));
            assertEquals("2", map.async().get("a").toCompletableFuture().get(60, TimeUnit.SECONDS));
            final UnsafeBuffer key = new UnsafeBuffer("a".getBytes());
            final UnsafeBuffer value = new UnsafeBuffer(new byte[8]);
            try (FlyweightMap flyweight = client.grid().flyweightMap("map"))
            {
                assertEquals(1, flyweight.get(key, 0, 1, value, 0, 8));
                assertEquals('2', value.getByte(0));
            }
            assertEquals(List.of("map"), client.grid().mapNames());
            assertTrue(client.grid().batch().put(map, "b", "3").execute().applied());
            assertEquals(Map.of("a", "2", "b", "3"), new HashMap<>(map));
            assertEquals("2", served.node().grid().map("map", Codecs.STRING, Codecs.STRING).get("a"));
            map.destroy();
            final FailedException gone = assertThrows(FailedException.class, () -> map.put("a", "4"));
            assertEquals(ErrorCode.DESTROYED, gone.code());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCarryLongValuesInPieces(final boolean ipc)
    {
        try (Served served = new Served(); GridClient client = served.connect(ipc))
        {
            final GridMap<String, byte[]> map = client.grid().map("map", Codecs.STRING, Codecs.BYTES);
            for (final int length : new int[] {1_000, 1_400, 30_000, 200_000, 5_000_000})
            {
                final byte[] value = new byte[length];
                for (int i = 0; i < length; i++)
                {
                    value[i] = (byte) (i * 31 + i / 1000);
                }
                map.set("key", value);
                assertArrayEquals(value, map.get("key"));
            }
        }
    }

    @Test
    void shouldTellTheOutcomeOfEveryKeyWhenManyAreSent()
    {
        try (Served served = new Served(); GridClient client = served.connect())
        {
            final GridMap<Long, String> map = client.grid().map("map", Codecs.LONG, Codecs.STRING);
            final Map<Long, String> entries = new HashMap<>();
            for (long i = 0; i < 5_000; i++)
            {
                entries.put(i, "value " + i);
            }
            final Map<Long, KeyResult> outcomes = map.setAll(entries);
            assertEquals(5_000, outcomes.values().stream().filter(KeyResult::applied).count());
            assertEquals(entries, map.getAll(entries.keySet()));
            assertEquals(5_000, map.size());
            assertEquals(entries, new HashMap<>(map));
            assertEquals(5_000, map.deleteAll(entries.keySet()).values().stream().filter(KeyResult::applied).count());
            assertEquals(0, map.size());
        }
    }

    @Test
    void shouldGoOnWhenTheNodeIsStartedAnew()
    {
        try (Served served = new Served(); GridClient client = served.connect())
        {
            final GridMap<String, String> first = client.grid().map("first", Codecs.STRING, Codecs.STRING);
            final GridMap<String, String> second = client.grid().map("second", Codecs.STRING, Codecs.STRING);
            first.put("key", "1");
            second.put("key", "2");
            served.stop();
            served.start();
            served.node().grid().map("another", Codecs.STRING, Codecs.STRING).put("key", "3");
            assertNull(second.get("key"));
            second.put("key", "4");
            first.put("key", "5");
            assertEquals("4", second.get("key"));
            assertEquals("5", first.get("key"));
            assertEquals(
                "3", served.node().grid().map("another", Codecs.STRING, Codecs.STRING).get("key"));
        }
    }

    @Test
    void shouldSayWhatWasTriedWhenNobodyAnswers()
    {
        try (Served served = new Served())
        {
            final String nobody = UdpPort.free();
            final RefusedException ex = assertThrows(RefusedException.class, () -> GridClient.connect(
                served.context(false).connect(nobody).connectTimeout(Duration.ofMillis(200))));
            assertEquals(ErrorCode.NOT_CONNECTED, ex.code());
            assertTrue(ex.getMessage().contains(nobody), ex.getMessage());
        }
    }

    @Test
    void shouldTakeTheAddressThatAnswersWhenSeveralAreGiven()
    {
        try (Served served = new Served();
            GridClient client = GridClient.connect(
                served.context(false).connect(UdpPort.free() + ",ipc:nobody," + served.address())))
        {
            assertTrue(client.isConnected());
            assertEquals(List.of(), client.grid().mapNames());
        }
    }

    @Test
    void shouldSayThatNothingWasDoneWhenTheCallWasNeverSent()
    {
        try (Served served = new Served(); GridClient client = served.connect())
        {
            final GridMap<String, String> map = client.grid().map("map", Codecs.STRING, Codecs.STRING);
            map.put("key", "1");
            served.stop();
            Served.await("the loss", () -> !client.isConnected());
            final RefusedException ex = assertThrows(
                RefusedException.class, () -> map.within(Duration.ofMillis(300)).put("key", "2"));
            assertEquals(ErrorCode.NOT_CONNECTED, ex.code(), ex.getMessage());
            served.start();
        }
    }

    @Test
    void shouldEndCallsWhenTheClientIsClosed()
    {
        try (Served served = new Served())
        {
            final GridClient client = served.connect();
            final GridMap<String, String> map = client.grid().map("map", Codecs.STRING, Codecs.STRING);
            client.close();
            client.close();
            assertTrue(client.isClosed());
            assertFalse(client.isConnected());
            assertEquals(ErrorCode.CLOSED, assertThrows(FailedException.class, () -> map.get("key")).code());
        }
    }
}
