package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Reads that may be a little old, at the three levels. The node answers each as half as old as it may be.
 */
class StaleReadTest
{
    private static final Duration MOST = Duration.ofMillis(200);
    private static final Duration HALF = Duration.ofMillis(100);

    private final FakePort port = new FakePort(8);
    private final Grid grid = port.grid();

    @Test
    void shouldSayHowOldAtMostTheValueIs()
    {
        port.local = false;
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        map.set("a", 1L);
        final GridMap<String, Long> old = map.staleness(MOST);
        assertEquals(HALF, old.getVersioned("a").age());
        assertEquals(1L, old.get("a"));
        assertTrue(old.containsKey("a"));
        assertEquals(Duration.ZERO, map.getVersioned("a").age());
        assertEquals(HALF, old.within(Duration.ofSeconds(1)).getVersioned("a").age());
        assertEquals(Duration.ZERO, old.staleness(Duration.ZERO).getVersioned("a").age());
    }

    @Test
    void shouldReadTheLatestFromOwnMemoryWhateverIsAllowed()
    {
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG).staleness(MOST);
        map.set("a", 1L);
        assertEquals(Duration.ZERO, map.getVersioned("a").age());
    }

    @Test
    void shouldReadALittleOldWithoutWaiting() throws Exception
    {
        port.local = false;
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        map.set("a", 1L);
        assertEquals(
            HALF, map.staleness(MOST).async().getVersioned("a").toCompletableFuture().get().age());
        assertEquals(
            HALF, map.async().staleness(MOST).getVersioned("a").toCompletableFuture().get().age());
        assertEquals(Duration.ZERO, map.async().getVersioned("a").toCompletableFuture().get().age());
        grid.close();
    }

    @Test
    void shouldSayTheAgeOfTheLastReadAtTheLevelOfBytes()
    {
        port.local = false;
        final UnsafeBuffer key = new UnsafeBuffer("a".getBytes(StandardCharsets.UTF_8));
        final UnsafeBuffer value = new UnsafeBuffer(new byte[8]);
        try (FlyweightMap map = grid.flyweightMap("m"))
        {
            map.put(key, 0, 1, value, 0, 8);
            assertEquals(8, map.get(key, 0, 1, value, 0, 8));
            assertEquals(0, map.age());
            map.staleness(MOST);
            assertEquals(8, map.get(key, 0, 1, value, 0, 8));
            assertEquals(HALF.toNanos(), map.age());
            map.staleness(Duration.ZERO);
            assertEquals(8, map.get(key, 0, 1, value, 0, 8));
            assertEquals(0, map.age());
        }
    }

    @Test
    void shouldRefuseABoundBelowNothing()
    {
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        final FailedException failed =
            assertThrows(FailedException.class, () -> map.staleness(Duration.ofNanos(-1)));
        assertEquals(ErrorCode.ARGUMENT_INVALID, failed.code());
    }
}
