package io.peregrine.perf.sim.world;

import org.agrona.concurrent.NanoClock;

/**
 * The clock that a data agent measures its copying by: within a step each reading is as much later than the last as a
 * piece of a copy takes. The clock of the node, which leases go by, is not moved by it.
 */
public final class CopyClock implements NanoClock
{
    private final NanoClock clock;
    private final long pieceNs;
    private long chargedNs;

    /**
     * @param clock   of the node.
     * @param pieceNs that a piece takes.
     */
    public CopyClock(final NanoClock clock, final long pieceNs)
    {
        this.clock = clock;
        this.pieceNs = pieceNs;
    }

    @Override
    public long nanoTime()
    {
        chargedNs += pieceNs;
        return clock.nanoTime() + chargedNs;
    }

    /**
     * A step begins, of an agent that has a thread of its own.
     */
    public void begin()
    {
        chargedNs = 0;
    }
}
