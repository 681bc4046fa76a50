package io.peregrine.perf.floor;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.util.concurrent.locks.LockSupport;

/**
 * Yields while the gate is open, and sleeps while it is closed: so the agent of the side that has no turn takes no time
 * from the other. The owner opens and closes it from any thread.
 */
public final class GatedIdle implements IdleStrategy
{
    private static final long CLOSED_PARK_NS = 1_000_000;

    private volatile boolean open;

    /**
     * Open or close the gate.
     *
     * @param isOpen from now on.
     */
    public void open(final boolean isOpen)
    {
        open = isOpen;
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount <= 0)
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (open)
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
        else
        {
            LockSupport.parkNanos(CLOSED_PARK_NS);
        }
    }

    @Override
    public void reset()
    {
    }
}
