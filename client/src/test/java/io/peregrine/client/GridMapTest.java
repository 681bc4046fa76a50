package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridMapTest
{
    private final FakePort port = new FakePort(8);
    private final Grid grid = port.grid();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBehaveLikeAConcurrentMap(final boolean local)
    {
        port.local = local;
        final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);
        assertNull(map.get("a"));
        assertNull(map.put("a", "1"));
        assertEquals("1", map.put("a", "2"));
        assertEquals("2", map.get("a"));
        assertEquals("2", map.putIfAbsent("a", "3"));
        assertNull(map.putIfAbsent("b", ""));
        assertEquals("", map.get("b"));
        assertTrue(map.containsKey("b"));
        assertFalse(map.containsKey("c"));
        assertTrue(map.replace("a", "2", "4"));
        assertFalse(map.replace("a", "2", "5"));
        assertEquals("4", map.replace("a", "6"));
        assertNull(map.replace("c", "6"));
        assertFalse(map.remove("a", "7"));
        assertTrue(map.remove("a", "6"));
        assertEquals("", map.remove("b"));
        assertNull(map.remove("b"));
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldChangeAnEntryOnlyIfItHasTheVersion(final boolean local)
    {
        port.local = local;
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        final long first = map.set("a", 1L);
        final Versioned<Long> read = map.getVersioned("a");
        assertEquals(new Versioned<>(1L, first, null, null, Duration.ZERO), read);
        final long second = map.replaceIfVersion("a", first, 2L);
        assertTrue(second > first);
        assertEquals(0, map.replaceIfVersion("a", first, 3L));
        assertFalse(map.removeIfVersion("a", first));
        assertTrue(map.removeIfVersion("a", second));
        assertNull(map.getVersioned("a"));
    }

    @Test
    void shouldCountAndRefuseToOverflow()
    {
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        assertEquals(5, map.addAndGet("n", 5));
        assertEquals(3, map.addAndGet("n", -2));
        map.set("n", Long.MAX_VALUE);
        final FailedException overflow = assertThrows(FailedException.class, () -> map.addAndGet("n", 1));
        assertEquals(ErrorCode.OVERFLOW, overflow.code());
        assertEquals(Long.MAX_VALUE, map.get("n"));
        final GridMap<String, String> text = grid.map("m", Codecs.STRING, Codecs.STRING);
        text.set("t", "text");
        assertEquals(
            ErrorCode.NOT_A_NUMBER, assertThrows(FailedException.class, () -> text.addAndGet("t", 1)).code());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldForgetAnEntryWhenItsTimeIsOver(final boolean local)
    {
        port.local = local;
        final GridMap<String, String> map =
            grid.map("m", Codecs.STRING, Codecs.STRING, MapOptions.DEFAULT.ttl(Duration.ofNanos(100)));
        map.put("of map", "v");
        map.put("longer", "v", Expiry.after(Duration.ofNanos(150)));
        map.put("never", "v", Expiry.NEVER);
        assertEquals(Duration.ofNanos(150), map.getVersioned("longer").ttlLeft());
        port.store.now += 100;
        assertNull(map.get("of map"));
        assertFalse(map.containsKey("of map"));
        assertEquals("v", map.get("longer"));
        assertTrue(map.touch("longer", Expiry.after(Duration.ofNanos(100))));
        port.store.now += 99;
        assertEquals("v", map.get("longer"));
        port.store.now += 1;
        assertNull(map.get("longer"));
        assertFalse(map.touch("longer", Expiry.NEVER));
        assertEquals("v", map.get("never"));
    }

    @Test
    void shouldApplyFunctionsWhenEntriesComeAndGo()
    {
        final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);
        assertEquals("new", map.computeIfAbsent("a", (key) -> "new"));
        assertEquals("new", map.computeIfAbsent("a", (key) -> "other"));
        assertNull(map.computeIfAbsent("b", (key) -> null));
        assertEquals("newa", map.computeIfPresent("a", (key, value) -> value + key));
        assertNull(map.computeIfPresent("b", (key, value) -> "never"));
        assertEquals("newa!", map.merge("a", "!", String::concat));
        assertEquals("!", map.merge("b", "!", String::concat));
        assertNull(map.merge("b", "x", (old, value) -> null));
        assertNull(map.compute("a", (key, value) -> null));
        assertTrue(map.isEmpty());
    }

    @Test
    void shouldCallTheFunctionAgainWhenTheEntryWasChangedMeanwhile()
    {
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        map.set("a", 1L);
        final List<Long> seen = new ArrayList<>();
        map.compute("a", (key, value) ->
        {
            seen.add(value);
            if (seen.size() == 1)
            {
                map.addAndGet("a", 10);
            }
            return value + 1;
        });
        assertEquals(List.of(1L, 11L), seen);
        assertEquals(12, map.get("a"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReachEveryEntryByPages(final boolean local)
    {
        port.local = local;
        final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
        final Set<String> expected = new TreeSet<>();
        for (long i = 0; i < 1000; i++)
        {
            map.set("key-" + i, i);
            expected.add("key-" + i);
        }
        final Set<String> seen = new TreeSet<>();
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd())
        {
            final ScanPage<String, Long> page = map.scan(ScanCursor.parse(cursor.toString()), 10);
            assertTrue(page.entries().size() <= 10);
            page.entries().forEach((entry) -> assertTrue(seen.add(entry.key())));
            cursor = page.next();
        }
        assertEquals(expected, seen);
        assertEquals(expected, new TreeSet<>(map.keySet()));
        assertEquals(1000, map.size());
        assertTrue(map.containsValue(999L));
        assertFalse(map.containsValue(1000L));
        map.clear();
        assertEquals(0, map.sizeAsLong());
    }

    @Test
    void shouldSayWhatBecameOfEachKeyWhenManyAreSet()
    {
        port.maxInFlight = 4;
        final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);
        final Map<String, KeyResult> results =
            map.setAll(Map.of("a", "1", "b", "2", "c", "x".repeat(100_001), "d", "4", "e", "5", "f", "6"));
        assertEquals(6, results.size());
        results.forEach((key, result) -> assertEquals(!"c".equals(key), result.applied(), key));
        assertEquals(ErrorCode.VALUE_TOO_LONG, results.get("c").error().code());
        assertEquals(Map.of("a", "1", "b", "2"), map.getAll(List.of("a", "b", "c")));
        final Map<String, KeyResult> removed = map.deleteAll(List.of("a", "c"));
        assertTrue(removed.get("a").present());
        assertFalse(removed.get("c").present());
        assertTrue(removed.get("c").applied());
        assertThrows(OutcomeUnknownException.class, () -> map.putAll(Map.of("z", "", "y", "x".repeat(100_001))));
        assertThrows(FailedException.class, () -> map.putAll(Map.of("y", "x".repeat(100_001))));
    }

    @Test
    void shouldCarryLongValuesInPieces()
    {
        port.maxMessageLength = 256;
        final GridMap<String, byte[]> map = grid.map("m", Codecs.STRING, Codecs.BYTES);
        final byte[] value = new byte[100_000];
        for (int i = 0; i < value.length; i++)
        {
            value[i] = (byte) (i * 31);
        }
        map.put("long", value);
        assertArrayEquals(value, map.get("long"));
        assertArrayEquals(value, map.put("long", new byte[0]));
        port.refusedClaims = 7;
        map.put("long", value);
        port.local = false;
        assertArrayEquals(value,
            grid.map("m", Codecs.STRING, Codecs.BYTES).get("long"));
        assertEquals(1, map.values().size());
    }
}
