package io.peregrine.node.agent;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a data agent does without work: lets other threads run for a while after it was asked for something, as more
 * may follow at once; then parks, longer and longer; and longest when nobody has asked for long. What nodes tell each
 * other all the time is work that nobody waits for, so it wakes an agent, and does not keep it awake; nor does it make
 * the parks of one at rest shorter, as an idle node hears hundreds of such words a second. A copy that is made does.
 * <p>
 * Who yields goes behind all that want the core, and kernels take its turn away besides: beside a thread that computes
 * a yield costs milliseconds, while one that wakes up is preferred to those that compute. So after a yield that took
 * long, the agent parks where it would yield: for twice as long each time as long as that goes on. The agent's thread.
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

    /**
     * Parks, of a kind longer still, after which nobody has asked for some ten seconds.
     */
    static final int RESTING_PARKS = 10_000;

    /**
     * A yield that took this long was beside a thread that computes.
     */
    static final long LONG_YIELD_NS = 1_000_000;

    /**
     * Parks in the place of yields after such a one.
     */
    static final int FEWEST_FOR_YIELDS = 128;

    /**
     * The most parks in the place of yields.
     */
    static final int MOST_FOR_YIELDS = 4_096;

    /**
     * Yields that are good for less than so many times as long as was parked before them do not end a crowd.
     */
    static final int CALM = 4;

    static final long MIN_PARK_NS = 1_000;
    static final long ATTENTIVE_PARK_NS = 50_000;
    static final long EXPECTANT_PARK_NS = 250_000;
    static final long RESTING_PARK_NS = 1_000_000;
    static final long MAX_PARK_NS = 2_000_000;

    private static final int RESTS_AFTER = ATTENTIVE_PARKS + EXPECTANT_PARKS;
    private static final int MAX_PARKS = RESTS_AFTER + RESTING_PARKS;

    private final BooleanSupplier wasAsked;
    private final BooleanSupplier isCopying;
    private final NanoClock clock;
    private int yields = YIELDS;
    private int parksForYields;
    private int nextForYields = FEWEST_FOR_YIELDS;
    private long crowdedFromNs;
    private long crowdedToNs;
    private int parks = MAX_PARKS;
    private long parkNs = MIN_PARK_NS;

    /**
     * @param wasAsked  whether the agent was asked for something since this was asked last.
     * @param isCopying whether copies of partitions came, or were asked for, since this was asked last.
     * @param clock     monotonic.
     */
    AgentIdle(final BooleanSupplier wasAsked, final BooleanSupplier isCopying, final NanoClock clock)
    {
        this.wasAsked = wasAsked;
        this.isCopying = isCopying;
        this.clock = clock;
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
            yieldOrPark();
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
        if (parks < RESTS_AFTER)
        {
            parkNs = MIN_PARK_NS;
        }
        else if (isCopying.getAsBoolean())
        {
            parkNs = Math.min(parkNs, ATTENTIVE_PARK_NS);
        }
        if (wasAsked.getAsBoolean())
        {
            yields = 0;
            parks = 0;
            parkNs = MIN_PARK_NS;
        }
    }

    private void yieldOrPark()
    {
        if (parksForYields > 0)
        {
            LockSupport.parkNanos(MIN_PARK_NS);
            parksForYields--;
            crowdedToNs = parksForYields == 0 ? clock.nanoTime() : crowdedToNs;
            return;
        }

        final long beforeNs = clock.nanoTime();
        Thread.yield();
        final long nowNs = clock.nanoTime();
        if (nowNs - beforeNs >= LONG_YIELD_NS)
        {
            final boolean isStill = nowNs - crowdedToNs < CALM * (crowdedToNs - crowdedFromNs);
            nextForYields = isStill ? Math.min(2 * nextForYields, MOST_FOR_YIELDS) : FEWEST_FOR_YIELDS;
            parksForYields = nextForYields;
            crowdedFromNs = nowNs;
        }
    }

    /**
     * @return whether the machine has threads that compute beside this one, as far as is known.
     */
    boolean isCrowded()
    {
        return parksForYields > 0;
    }

    /**
     * @return for how long it parks at most now.
     */
    long longestNs()
    {
        if (parks < RESTS_AFTER)
        {
            return parks < ATTENTIVE_PARKS ? ATTENTIVE_PARK_NS : EXPECTANT_PARK_NS;
        }

        return parks < MAX_PARKS ? RESTING_PARK_NS : MAX_PARK_NS;
    }

    /**
     * @return for how long the next park is.
     */
    long nextParkNs()
    {
        return parkNs;
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
