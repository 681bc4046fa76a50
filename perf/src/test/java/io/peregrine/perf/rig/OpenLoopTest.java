package io.peregrine.perf.rig;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OpenLoopTest
{
    private static final long US = 1_000;
    private static final double[] ONE = {1.0};
    private static final double RATE = 100_000;

    private final HandClock clock = new HandClock(100);

    @Test
    void shouldSendEveryOperationWhenDue()
    {
        final Lane lane = run(1_000 * US, (first, count) -> advance(US));

        assertEquals(100, lane.operations());
        assertEquals(0, lane.unsent());
        assertEquals(US, lane.histogram().getMaxValue(), 200);
    }

    @Test
    void shouldCountAStallInEveryOperationThatWasDueMeanwhile()
    {
        final Lane lane = run(1_000 * US, (first, count) -> advance(first == 10 ? 100 * US : US));

        final Histogram latencies = lane.histogram();
        assertEquals(100, lane.operations());
        assertEquals(100 * US, latencies.getMaxValue(), US);
        assertTrue(latencies.getCountBetweenValues(9 * US, 100 * US) >= 10, "one stall hides from nobody");
    }

    @Test
    void shouldCountWhatCouldNotBeSentWhenTheSubjectIsTooSlow()
    {
        final Lane lane = run(1_000 * US, (first, count) -> advance(20 * US));

        assertEquals(50, lane.operations(), 1);
        assertEquals(100, lane.operations() + lane.unsent());
    }

    @Test
    void shouldMixLanesByTheirShares()
    {
        final Lane gets = lane((first, count) -> 0);
        final Lane puts = lane((first, count) -> 0);

        new OpenLoop(clock, clock, new double[]{0.9, 0.1}, RATE).run(new Lane[]{gets, puts}, 0, 1_000 * US);

        assertEquals(90, gets.operations());
        assertEquals(10, puts.operations());
    }

    private Lane run(final long durationNs, final Subject subject)
    {
        final Lane lane = lane(subject);
        new OpenLoop(clock, clock, ONE, RATE).run(new Lane[]{lane}, 0, durationNs);
        return lane;
    }

    private Lane lane(final Subject subject)
    {
        return new Lane(subject, clock, new Allocation(), false);
    }

    private int advance(final long byNs)
    {
        clock.advance(byNs);
        return 0;
    }
}
