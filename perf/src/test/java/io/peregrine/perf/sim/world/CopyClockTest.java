package io.peregrine.perf.sim.world;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CopyClockTest
{
    private static final long PIECE_NS = 10;

    private long nowNs = 1_000;
    private final CopyClock clock = new CopyClock(() -> nowNs, PIECE_NS);

    @Test
    void shouldMoveOnByAPieceWithEachReadingWhereTheNodesClockStands()
    {
        final long begun = clock.nanoTime();
        assertEquals(PIECE_NS, clock.nanoTime() - begun);
    }

    @Test
    void shouldBeNearTheNodesClockAgainWhenAStepBegins()
    {
        clock.nanoTime();
        clock.nanoTime();
        nowNs += 5;
        clock.begin();
        assertEquals(nowNs + PIECE_NS, clock.nanoTime());
    }
}
