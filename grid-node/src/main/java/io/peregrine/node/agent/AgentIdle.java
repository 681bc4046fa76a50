package io.peregrine.node.agent;

import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a data agent does without work: lets other threads run for a while after it was asked for something, as more
 * may follow at once; then parks, longer and longer; and longest when nobody has asked for long. What nodes tell each
 * other all the time is work that nobody waits for, so it wakes an agent, and does not keep it awake. The agent's
 * thread.
 */
final class AgentIdle implements IdleStrategy
{
    /**
     * Yields after a cycle in which something was asked for.
     */
    static final int YIELDS = 1_000;

    /**
     * Parks, of the longest kind that there is for it, in which one who has just been asked waits for more.
     */
    static final int ATTENTIVE_PARKS = 1_000;

    /**
     * Parks, of a longer kind, after which nobody is expected to ask soon.
     */
    static final int EXPECTANT_PARKS = 4_000;

    static final long MIN_PARK_NS = 1_000;
    static final long ATTENTIVE_PARK_NS = 50_000;
    static final long EXPECTANT_PARK_NS = 250_000;
    static final long MAX_PARK_NS = 1_000_000;

    private static final int MAX_PARKS = ATTENTIVE_PARKS + EXPECTANT_PARKS;

    private final BooleanSupplier wasAsked;
    private int yields = YIELDS;
    private int parks = MAX_PARKS;
    private long parkNs = MIN_PARK_NS;

    /**
     * @param wasAsked whether the agent was asked for something since this was asked last.
     */
    AgentIdle(final BooleanSupplier wasAsked)
    {
        this.wasAsked = wasAsked;
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount > 0)
        {
            reset();
        }
        else
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (yields < YIELDS)
        {
            yields++;
            Thread.yield();
            return;
        }

        LockSupport.parkNanos(parkNs);
        parks = Math.min(parks + 1, MAX_PARKS);
        parkNs = Math.min(2 * parkNs, longestNs());
    }

    /**
     * There was work.
     */
    @Override
    public void reset()
    {
        parkNs = parks < MAX_PARKS ? MIN_PARK_NS : Math.min(parkNs, ATTENTIVE_PARK_NS);
        if (wasAsked.getAsBoolean())
        {
            yields = 0;
            parks = 0;
            parkNs = MIN_PARK_NS;
        }
    }

    /**
     * @return for how long it parks at most now.
     */
    long longestNs()
    {
        return parks < ATTENTIVE_PARKS ? ATTENTIVE_PARK_NS : parks < MAX_PARKS ? EXPECTANT_PARK_NS : MAX_PARK_NS;
    }

    /**
     * @return whether the next idling is a yield.
     */
    boolean isAwake()
    {
        return yields < YIELDS;
    }

    @Override
    public String alias()
    {
        return "agent";
    }
}
