package io.peregrine.perf.sim.grid;

import io.peregrine.perf.sim.world.DriftingClock;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Receiver;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A machine that a node runs on: gives it cycles, stands still, crashes and starts it again.
 */
public final class Machine implements Receiver
{
    private static final long IDLE_NS = 5_000_000;
    private static final long BUSY_NS = 30_000;
    private static final long ASK_NS = 100_000_000;
    private static final int MAX_PPM = 7_000;
    private static final long MAX_OFFSET_NS = 1L << 40;

    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final int index;
    private final long ppm;
    private Life life;
    private long nextCycleNs = Long.MAX_VALUE;
    private final long[] wedgedUntilNs = new long[Places.MAX_AGENTS];
    private long busyUntilNs;
    private long pausedUntilNs;
    private long slowUntilNs;
    private long slowNs = BUSY_NS;
    private int lives;
    private boolean hasMoreMemory;

    Machine(final SimGrid grid, final int index)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.index = index;
        this.ppm = random.nextInt(-MAX_PPM, MAX_PPM + 1);
        grid.network().put(index, this);
    }

    /**
     * @return index of it, which is its place.
     */
    public int index()
    {
        return index;
    }

    /**
     * @return the node that runs there, or null.
     */
    public Life life()
    {
        return life;
    }

    /**
     * @return whether its node is in the middle of a cycle, so that nothing is to be seen of what it will have done.
     */
    public boolean isInCycle()
    {
        return timeline.nowNs() < busyUntilNs;
    }

    /**
     * @param agent number of a data agent.
     * @param nowNs true time.
     * @return whether it stands still, and the rest of the node does not.
     */
    boolean isWedged(final int agent, final long nowNs)
    {
        return wedgedUntilNs[agent] > nowNs;
    }

    /**
     * Start a node where none runs.
     */
    public void start()
    {
        if (life == null)
        {
            lives++;
            final long offset = random.nextLong(-MAX_OFFSET_NS, MAX_OFFSET_NS);
            final DriftingClock clock = new DriftingClock(timeline, offset, ppm);
            life = new Life(grid, this, random.nextLong(Long.MAX_VALUE), clock);
            grid.trace().line(Places.key(index), "starts, life %d, clock %+d ppm", lives, ppm);
            busyUntilNs = timeline.nowNs();
            pausedUntilNs = 0;
            Arrays.fill(wedgedUntilNs, 0);
            wake(timeline.nowNs());
            ask(life);
        }
    }

    /**
     * The node is gone from one moment to the next.
     */
    public void crash()
    {
        if (life != null)
        {
            grid.trace().line(Places.key(index), "crashes");
            life.end();
            life = null;
            nextCycleNs = Long.MAX_VALUE;
            grid.network().forget(index);
        }
    }

    /**
     * The node is ended, and begins anew with as much memory as others have.
     */
    public void restartWithMoreMemory()
    {
        hasMoreMemory = true;
        crash();
        start();
    }

    /**
     * @return bytes that its node may take.
     */
    long memoryBytes()
    {
        return hasMoreMemory ? grid.plan().memoryBytes() : grid.plan().memoryOf(index);
    }

    /**
     * All of the node stands still.
     *
     * @param lengthNs for how long.
     */
    public void pause(final long lengthNs)
    {
        pausedUntilNs = Math.max(pausedUntilNs, timeline.nowNs() + lengthNs);
        grid.trace().line(Places.key(index), "stands still for %d ms", lengthNs / 1_000_000);
    }

    /**
     * One data agent stands still, and the rest of the node works.
     *
     * @param agent    number of it; where the node has fewer it is another.
     * @param lengthNs for how long.
     */
    public void wedge(final int agent, final long lengthNs)
    {
        final int wedged = agent % grid.plan().agentsOf(index);
        wedgedUntilNs[wedged] = Math.max(wedgedUntilNs[wedged], timeline.nowNs() + lengthNs);
        grid.trace().line(Places.key(index), "its data agent %d is wedged for %d ms", wedged, lengthNs / 1_000_000);
    }

    /**
     * Cycles are far apart.
     *
     * @param cycleNs  between two.
     * @param lengthNs for how long.
     */
    public void slow(final long cycleNs, final long lengthNs)
    {
        slowNs = cycleNs;
        slowUntilNs = timeline.nowNs() + lengthNs;
        grid.trace().line(Places.key(index), "is slow for %d ms", lengthNs / 1_000_000);
    }

    /**
     * Stop the node in the middle of a cycle.
     *
     * @param readings of its clock until then.
     * @param lengthNs for how long.
     */
    public void stall(final int readings, final long lengthNs)
    {
        if (life != null)
        {
            life.clock().stallAfter(readings, lengthNs);
            grid.trace().line(Places.key(index), "will stop within a cycle for %d ms", lengthNs / 1_000_000);
        }
    }

    /**
     * What holds the node up is over.
     */
    public void heal()
    {
        pausedUntilNs = 0;
        Arrays.fill(wedgedUntilNs, 0);
        slowUntilNs = 0;
        if (life != null)
        {
            wake(timeline.nowNs());
        }
    }

    @Override
    public void onMessage(final Message message)
    {
        if (life == null)
        {
            message.take();
        }
        else
        {
            life.onMessage(message);
            wake(timeline.nowNs() + (slowUntilNs > timeline.nowNs() ? slowNs : random.nextLong(1, BUSY_NS)));
        }
    }

    private void ask(final Life asking)
    {
        if (asking == life)
        {
            if (pausedUntilNs <= timeline.nowNs())
            {
                asking.askHost();
            }
            timeline.after(ASK_NS / 2 + random.nextLong(ASK_NS), () -> ask(asking));
        }
    }

    private void wake(final long atNs)
    {
        final long held = Math.max(pausedUntilNs, busyUntilNs);
        final long at = Math.max(atNs, held);
        if (at < nextCycleNs && at != Long.MAX_VALUE)
        {
            nextCycleNs = at;
            final Life cycling = life;
            timeline.at(at, () -> onCycle(cycling, at));
        }
    }

    private void onCycle(final Life cycling, final long atNs)
    {
        if (cycling != life || atNs != nextCycleNs)
        {
            return;
        }

        nextCycleNs = Long.MAX_VALUE;
        if (Math.max(pausedUntilNs, busyUntilNs) > atNs)
        {
            wake(atNs);
            return;
        }

        boolean more = false;
        life.clock().begin();
        try
        {
            more = life.cycle(atNs);
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw ex instanceof Violation violation ? violation : new Violation(Places.key(index) + " threw " + ex, ex);
        }
        final long spent = life.clock().end();
        busyUntilNs = timeline.nowNs() + spent;
        final long pace = slowUntilNs > atNs ? slowNs : BUSY_NS;
        wake(busyUntilNs + (more ? pace : Math.max(pace, IDLE_NS)));
        timeline.at(busyUntilNs, () ->
        {
            if (cycling == life)
            {
                grid.afterCycle(this);
            }
        });
    }
}
