package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WaitingTest
{
    private final FakePort port = new FakePort(4);
    private final Grid grid = port.grid();
    private final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);

    @Test
    void shouldSendNothingWhenTheThreadIsInterruptedBefore()
    {
        Thread.currentThread().interrupt();
        final RefusedException ex = assertThrows(RefusedException.class, () -> map.put("k", "v"));
        assertTrue(Thread.interrupted());
        assertEquals(ErrorCode.INTERRUPTED, ex.code());
        assertNull(map.get("k"));
    }

    @Test
    void shouldReadFromMemoryAlthoughTheThreadIsInterrupted()
    {
        map.put("k", "v");
        Thread.currentThread().interrupt();
        assertEquals("v", map.get("k"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldNotKnowTheOutcomeWhenTheThreadIsInterruptedWhileItWaits()
    {
        port.stopped = true;
        port.onIdle = () -> Thread.currentThread().interrupt();
        final OutcomeUnknownException ex = assertThrows(OutcomeUnknownException.class, () -> map.put("k", "v"));
        assertTrue(Thread.interrupted());
        assertEquals(ErrorCode.INTERRUPTED, ex.code());
        port.onIdle = () -> { };
        port.stopped = false;
        assertEquals("v", map.put("k", "w"), "the request given up was carried out, and its answer dropped");
        assertEquals("w", map.get("k"));
    }

    @Test
    void shouldNotKnowTheOutcomeWhenNoAnswerComesInTime()
    {
        port.stopped = true;
        assertEquals(
            ErrorCode.TIMEOUT, assertThrows(OutcomeUnknownException.class, () -> map.put("k", "v")).code());
        port.stopped = false;
        assertEquals("v", map.put("k", "w"));
    }

    @Test
    void shouldRefuseWhenThereIsNoRoomInTime()
    {
        port.claimsLeft = 0;
        assertEquals(
            ErrorCode.BACK_PRESSURE, assertThrows(RefusedException.class, () -> map.put("k", "v")).code());
        port.claimsLeft = Integer.MAX_VALUE;
        assertNull(map.put("k", "w"));
    }

    @Test
    void shouldRefuseWhenALongMessageWasNotSentToItsEnd()
    {
        port.maxMessageLength = 256;
        port.claimsLeft = 3;
        assertEquals(ErrorCode.BACK_PRESSURE,
            assertThrows(RefusedException.class, () -> map.put("k", "v".repeat(5_000))).code());
        port.claimsLeft = Integer.MAX_VALUE;
        assertNull(map.get("k"));
        assertNull(map.put("k", "w".repeat(5_000)));
        assertEquals("w".repeat(5_000), map.get("k"));
        assertNull(map.put("j", "short"));
    }

    @Test
    void shouldNotKnowTheOutcomeWhenTheNodeIsClosedMeanwhile()
    {
        port.stopped = true;
        port.onIdle = () -> port.closed = true;
        assertEquals(
            ErrorCode.CLOSED, assertThrows(OutcomeUnknownException.class, () -> map.put("k", "v")).code());
    }

    @Test
    void shouldNameTheOutcomeOfEachKeyWhenTheThreadIsInterruptedInTheMiddle()
    {
        port.maxInFlight = 2;
        final Grid narrow = port.grid();
        final GridMap<String, String> many = narrow.map("m", Codecs.STRING, Codecs.STRING);
        port.stopped = true;
        port.onIdle = () -> Thread.currentThread().interrupt();
        final Map<String, KeyResult> results = many.setAll(Map.of("a", "", "b", "", "c", "", "d", ""));
        assertTrue(Thread.interrupted());
        assertEquals(2, results.values().stream().filter((r) -> r.outcome() == Outcome.UNKNOWN).count());
        assertEquals(2, results.values().stream().filter((r) -> r.outcome() == Outcome.REFUSED).count());
        port.onIdle = () -> { };
        port.stopped = false;
        many.setAll(results.keySet().stream().collect(Collectors.toMap((k) -> k, (k) -> "x")))
            .forEach((key, result) -> assertEquals(results.get(key).outcome() == Outcome.UNKNOWN, result.present()));
    }

    @Test
    void shouldGoOnAfterMoreRequestsWereGivenUpThanFitIntoTheWindow()
    {
        port.maxInFlight = 2;
        final Grid narrow = Grids.over(port, 1_000_000, 1_000_000_000L);
        final GridMap<String, String> many = narrow.map("m", Codecs.STRING, Codecs.STRING);
        port.stopped = true;
        assertThrows(OutcomeUnknownException.class, () -> many.put("a", "1"));
        assertThrows(OutcomeUnknownException.class, () -> many.put("b", "2"));
        assertThrows(RefusedException.class, () -> many.put("c", "3"));
        port.stopped = false;
        assertNull(many.put("c", "4"));
        assertEquals("1", many.get("a"));
    }
}
