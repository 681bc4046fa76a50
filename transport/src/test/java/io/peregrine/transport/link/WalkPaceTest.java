package io.peregrine.transport.link;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * When the driver walks over its streams, and when resting links have their turn.
 */
class WalkPaceTest
{
    private static final int FEW_STREAMS = 16;

    private final WalkPace pace = new WalkPace(FEW_STREAMS);
    private final Rotation rotation = new Rotation();

    @Test
    void shouldWalkInEveryCycleWhereStreamsAreFew()
    {
        pace.onWalk(0, 1_000);
        assertFalse(pace.onStreams(FEW_STREAMS));
        assertFalse(pace.isPaced());
        assertTrue(pace.isDue(1_000));
    }

    @Test
    void shouldRestSevenTimesAsLongAsAWalkTakesWhereStreamsAreMany()
    {
        pace.onWalk(0, 1_000);
        assertTrue(pace.onStreams(FEW_STREAMS + 1));
        assertTrue(pace.isPaced());
        assertFalse(pace.isDue(1_000));
        assertFalse(pace.isDue(7_999));
        assertTrue(pace.isDue(8_000));
    }

    @Test
    void shouldNotLetTimersWaitHoweverLongAWalkTakes()
    {
        pace.onStreams(FEW_STREAMS + 1);
        pace.onWalk(0, WalkPace.MAX_REST_NS);
        assertFalse(pace.isDue(2 * WalkPace.MAX_REST_NS - 1));
        assertTrue(pace.isDue(2 * WalkPace.MAX_REST_NS));
    }

    @Test
    void shouldWalkInEveryCycleAgainWhenStreamsHaveGone()
    {
        pace.onStreams(FEW_STREAMS + 1);
        pace.onWalk(0, 1_000);
        pace.onStreams(0);
        assertTrue(pace.isDue(1_001));
    }

    @Test
    void shouldGiveEachRestingLinkATurnInARoundHoweverShortTheCyclesAre()
    {
        final int size = 1_000;
        long looks = 0;
        long atMost = 0;
        for (int i = 1; i <= 500; i++)
        {
            final int now = rotation.looks(i * Rotation.ROUND_NS / 500, size);
            looks += now;
            atMost = Math.max(atMost, now);
        }
        assertEquals(size, looks);
        assertEquals(2, atMost);
    }

    @Test
    void shouldLookAtEachRestingLinkOnceAfterALongCycle()
    {
        assertEquals(40, rotation.looks(100 * Rotation.ROUND_NS, 40));
        assertEquals(1, rotation.looks(100 * Rotation.ROUND_NS, 40));
        assertEquals(0, rotation.looks(101 * Rotation.ROUND_NS, 0));
    }
}
