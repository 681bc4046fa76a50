package io.peregrine.transport.link;

import org.junit.jupiter.api.Test;

import static io.peregrine.transport.link.ClientLinkRules.Step.BEAT;
import static io.peregrine.transport.link.ClientLinkRules.Step.CONNECT;
import static io.peregrine.transport.link.ClientLinkRules.Step.HELLO;
import static io.peregrine.transport.link.ClientLinkRules.Step.NOTHING;
import static io.peregrine.transport.link.ClientLinkRules.Step.SILENT;
import static io.peregrine.transport.link.ClientLinkRules.Step.TIME_OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The rules of both ends, with time driven by hand.
 */
class LinkRulesTest
{
    private static final long ATTEMPT = 5_000_000_000L;
    private static final long BEAT_NS = 250;
    private static final long SILENCE_NS = 2_000;

    private final ClientLinkRules client = new ClientLinkRules(ATTEMPT, new Backoff(100, 1_000), () -> 0);
    private final ServerLinkRules server = new ServerLinkRules(5_000, SILENCE_NS, 0);

    @Test
    void shouldGreetOnceStreamsAreReadyAndAgainUntilItIsAnswered()
    {
        assertEquals(CONNECT, client.next(0, false));
        client.onConnecting(0);
        assertEquals(NOTHING, client.next(ATTEMPT - 1, false));
        assertEquals(HELLO, client.next(10, true));
        client.onHelloSent(10);
        assertEquals(NOTHING, client.next(499_999_999, true));
        assertEquals(HELLO, client.next(500_000_010, true));
        assertEquals(TIME_OUT, client.next(ATTEMPT, true));
    }

    @Test
    void shouldTakeAWelcomeOnlyWhenItWaitsForOne()
    {
        assertFalse(client.onWelcome(0, BEAT_NS, SILENCE_NS));
        client.onConnecting(0);
        assertFalse(client.onWelcome(0, BEAT_NS, SILENCE_NS));
        client.onHelloSent(0);
        assertTrue(client.onWelcome(0, BEAT_NS, SILENCE_NS));
        assertTrue(client.isOpen());
        assertFalse(client.onWelcome(0, BEAT_NS, SILENCE_NS));
    }

    @Test
    void shouldBeatAndGiveUpWhoIsSilent()
    {
        open(0);
        assertEquals(NOTHING, client.next(BEAT_NS - 1, true));
        assertEquals(BEAT, client.next(BEAT_NS, true));
        client.onBeatSent(BEAT_NS);
        assertEquals(NOTHING, client.next(2 * BEAT_NS - 1, true));
        client.onHeard(BEAT_NS);
        assertEquals(BEAT, client.next(SILENCE_NS + BEAT_NS - 1, true));
        assertEquals(SILENT, client.next(SILENCE_NS + BEAT_NS, true));
    }

    @Test
    void shouldMissTwoBeatsBeforeItIsQuiet()
    {
        assertFalse(client.isQuiet(SILENCE_NS));
        open(0);
        client.onHeard(BEAT_NS);
        assertFalse(client.isQuiet(3 * BEAT_NS - 1));
        assertTrue(client.isQuiet(3 * BEAT_NS));
        client.onHeard(3 * BEAT_NS);
        assertFalse(client.isQuiet(3 * BEAT_NS));
        client.onLost(4 * BEAT_NS, false);
        assertFalse(client.isQuiet(SILENCE_NS + 4 * BEAT_NS));
    }

    @Test
    void shouldConnectAnewAtOnceWhenLostAndRestLongerAfterEachFailure()
    {
        open(0);
        client.onLost(1_000, false);
        assertEquals(CONNECT, client.next(1_000, false));
        long timeNs = 1_000;
        for (final long rest : new long[]{100, 200, 400, 800, 1_000, 1_000})
        {
            client.onConnecting(timeNs);
            client.onLost(timeNs, false);
            assertEquals(NOTHING, client.next(timeNs + rest - 1, false));
            assertEquals(CONNECT, client.next(timeNs + rest, false));
            timeNs += rest;
        }
        open(timeNs);
        client.onLost(timeNs, true);
        assertEquals(NOTHING, client.next(timeNs + 99, false));
    }

    @Test
    void shouldVaryRestsByChanceWithinTheirLimits()
    {
        final Backoff backoff = new Backoff(100, 400);
        assertEquals(50, backoff.next(50));
        assertEquals(200 - 1, backoff.next(-100));
        for (long random = -1_000; random < 1_000; random += 7)
        {
            final long rest = backoff.next(random);
            assertTrue(rest >= 200 && rest <= 400, () -> "rest " + rest);
        }
        backoff.reset();
        assertEquals(100, backoff.next(0));
    }

    @Test
    void shouldGiveUpWhoDoesNotGreetOrFallsSilent()
    {
        assertFalse(server.isSilent(4_999));
        server.onHeard(4_000);
        assertTrue(server.isSilent(5_000), "what is not a greeting does not prolong it");
        server.onHello(4_999);
        assertFalse(server.isSilent(4_999 + SILENCE_NS - 1));
        server.onHeard(5_100);
        assertFalse(server.isSilent(5_100 + SILENCE_NS - 1));
        assertTrue(server.isSilent(5_100 + SILENCE_NS));
        server.onEnding(8_000);
        assertFalse(server.isSilent(Long.MAX_VALUE / 2));
        assertFalse(server.isFarewellOver(8_000 + ServerLinkRules.FAREWELL_NS - 1));
        assertTrue(server.isFarewellOver(8_000 + ServerLinkRules.FAREWELL_NS));
    }

    @Test
    void shouldCountAPauseOfItsOwnAsAShortStep()
    {
        final WorkClock clock = new WorkClock(100);
        assertEquals(0, clock.advance(Long.MAX_VALUE - 10));
        assertEquals(10, clock.advance(Long.MAX_VALUE));
        assertEquals(30, clock.advance(Long.MIN_VALUE + 19));
        assertEquals(130, clock.advance(Long.MIN_VALUE + 1_000_000));
        assertEquals(130, clock.advance(Long.MIN_VALUE));
    }

    private void open(final long timeNs)
    {
        client.onConnecting(timeNs);
        client.onHelloSent(timeNs);
        assertTrue(client.onWelcome(timeNs, BEAT_NS, SILENCE_NS));
    }
}
