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
    private final WalkPace pace = new WalkPace();
    private final Rotation rotation = new Rotation();

    @Test
    void shouldWalkAtOnceAndRestSevenTimesAsLongAsAWalkTakes()
    {
        assertTrue(pace.isDue(Long.MIN_VALUE));
        pace.onWalk(100, 2_100);
        assertFalse(pace.isDue(2_100));
        assertFalse(pace.isDue(16_099));
        assertTrue(pace.isDue(16_100));
    }

    @Test
    void shouldRestAtLeastSevenMicroseconds()
    {
        pace.onWalk(0, 10);
        assertFalse(pace.isDue(10 + WalkPace.REST * WalkPace.LEAST_NS - 1));
        assertTrue(pace.isDue(10 + WalkPace.REST * WalkPace.LEAST_NS));
    }

    @Test
    void shouldNotTakeALostCoreForALongWalk()
    {
        pace.onWalk(0, 50_000_000);
        assertTrue(pace.isDue(50_000_000 + WalkPace.REST * 2 * WalkPace.LEAST_NS));
    }

    @Test
    void shouldNotLetTimersWaitHoweverLongWalksTake()
    {
        long nowNs = 0;
        for (int i = 0; i < 20; i++)
        {
            pace.onWalk(nowNs, nowNs + 10_000_000);
            nowNs += 10_000_000;
        }
        assertFalse(pace.isDue(nowNs + WalkPace.MAX_REST_NS - 1));
        assertTrue(pace.isDue(nowNs + WalkPace.MAX_REST_NS));
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
