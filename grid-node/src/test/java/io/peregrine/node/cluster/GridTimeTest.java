package io.peregrine.node.cluster;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Clocks on the wall that jump by an hour: of the machine that leads, and from one that leads to the next.
 */
class GridTimeTest
{
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private long wallMs = 100 * HOUR_MS;
    private long monotonicNs = 7;

    @Test
    void shouldStampByTheMonotonicClockWhenTheWallClockJumps()
    {
        final ElapsedClock clock = new ElapsedClock(() -> wallMs, () -> monotonicNs);
        final long begin = clock.time();
        assertEquals(100 * HOUR_NS, begin);

        monotonicNs += 5;
        wallMs += HOUR_MS;
        assertEquals(begin + 5, clock.time());
        monotonicNs += 5;
        wallMs -= 2 * HOUR_MS;
        assertEquals(begin + 10, clock.time());
    }

    @Test
    void shouldNotJumpWhenTheNextToLeadHasAnotherTime()
    {
        final GridTime time = new GridTime(50, 1_000);

        assertEquals(60, time.onStamp(1_010));
        time.onLeader(1_010 + HOUR_NS);
        assertEquals(60, time.timeNs());
        assertEquals(65, time.onStamp(1_015 + HOUR_NS));
        time.onLeader(900);
        assertEquals(65, time.timeNs());
        assertEquals(66, time.onStamp(901));
        assertEquals(66, time.onStamp(800), "a stamp that goes back");
        assertEquals(67, time.onStamp(902));
    }
}
