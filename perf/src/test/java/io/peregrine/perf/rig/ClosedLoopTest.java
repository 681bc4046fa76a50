package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ClosedLoopTest
{
    private static final int ROUNDS = 200;
    private static final long LITTLE = 1_000;

    private final HandClock clock = new HandClock(1);

    @Test
    void shouldTimeOperationsInBatches()
    {
        final Lane lane = lane(100, true);

        new ClosedLoop(clock, new int[]{130}, 130).run(new Lane[]{lane}, Long.MAX_VALUE);

        assertEquals(130, lane.operations());
        assertEquals(130, lane.timedOperations());
        assertEquals(13_000, lane.timedNs());
        assertEquals(2, lane.histogram().getTotalCount());
    }

    @Test
    void shouldTimeEachOperationWhenTheyAreLong()
    {
        final Lane lane = lane(5_000, false);

        new ClosedLoop(clock, new int[]{10}, 100).run(new Lane[]{lane}, Long.MAX_VALUE);

        assertEquals(100, lane.histogram().getTotalCount());
        assertEquals(500_000, lane.timedNs());
    }

    @Test
    void shouldEndAtTheDeadline()
    {
        final Lane lane = lane(1_000, true);

        new ClosedLoop(clock, new int[]{10}, Long.MAX_VALUE).run(new Lane[]{lane}, 1_000_000);

        assertEquals(1_000, lane.operations());
    }

    @Test
    void shouldMeasureSomethingWhenItBeginsTooLate()
    {
        final Lane gets = lane(1_000, true);
        final Lane puts = lane(1_000, true);
        clock.advance(10);

        new ClosedLoop(clock, new int[]{10, 5}, Long.MAX_VALUE).run(new Lane[]{gets, puts}, 0);

        assertEquals(10, gets.operations());
        assertEquals(5, puts.operations());
    }

    @Test
    void shouldMixLanesByTheirGrains()
    {
        final Lane gets = lane(10, true);
        final Lane puts = lane(10, true);
        final Plan plan = Plan.closed("x", new String[]{"get", "put"}, new double[]{0.75, 0.25}, 1, 1, 1);

        new ClosedLoop(clock, plan.grains(), 256_000).run(new Lane[]{gets, puts}, Long.MAX_VALUE);

        assertEquals(192_000, gets.operations());
        assertEquals(64_000, puts.operations());
    }

    /**
     * The JVM allocates on the thread until it has compiled everything: one round without garbage is the proof.
     */
    @Test
    void shouldAllocateNothingWhileItMeasures()
    {
        final ClosedLoop loop = new ClosedLoop(clock, new int[]{1_000}, 1_000_000);
        final Lane[] lanes = {lane(10, true)};
        final Allocation allocation = new Allocation();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= LITTLE; round++)
        {
            final long before = allocation.bytes();
            loop.run(lanes, Long.MAX_VALUE);
            least = Math.min(least, allocation.bytes() - before);
        }

        final long allocated = least;
        assertTrue(allocated < LITTLE, () -> allocated + " bytes in a million operations");
    }

    private Lane lane(final long tookNs, final boolean batched)
    {
        final Subject subject = (first, count) ->
        {
            clock.advance(tookNs * count);
            return 0;
        };
        return new Lane(subject, clock, new Allocation(), batched);
    }
}
