package io.peregrine.client;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.util.concurrent.TimeUnit;

/**
 * What a thread does when it has nothing to do: a data agent's, or one that waits for an answer.
 */
public enum Idling
{
    /**
     * Asks again at once and never lets go of its core. Only with a core to spare for each agent.
     */
    SPIN,

    /**
     * Lets other threads run, and keeps its core when there are none.
     */
    YIELD,

    /**
     * Lets other threads run for a while, then parks for up to a twentieth of a millisecond; an agent that nobody has
     * asked for anything for about a tenth of a second, for up to a quarter. No spins: a spin is a whole duty cycle
     * that keeps a core from those who could give the agent something to do.
     */
    BACKOFF,

    /**
     * Parks for half a millisecond at a time.
     */
    SLEEP;

    private static final long YIELDS = 1_000;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(500);

    /**
     * Make what does it.
     *
     * @return for one thread.
     */
    public IdleStrategy strategy()
    {
        switch (this)
        {
            case SPIN:
                return new BusySpinIdleStrategy();
            case YIELD:
                return new YieldingIdleStrategy();
            case SLEEP:
                return new SleepingIdleStrategy(SLEEP_NS);
            default:
                return new BackoffIdleStrategy(0, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        }
    }
}
