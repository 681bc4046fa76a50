package io.peregrine.perf.rig;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * A clock that tests move, and that moves by a step when somebody idles.
 */
final class HandClock implements NanoClock, IdleStrategy
{
    private final long stepNs;
    private long now;

    HandClock(final long stepNs)
    {
        this.stepNs = stepNs;
    }

    void advance(final long byNs)
    {
        now += byNs;
    }

    @Override
    public long nanoTime()
    {
        return now;
    }

    @Override
    public void idle(final int workCount)
    {
        idle();
    }

    @Override
    public void idle()
    {
        now += stepNs;
    }

    @Override
    public void reset()
    {
    }
}
