package io.peregrine.perf.sim.fault;

import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Timeline;

import java.util.SplittableRandom;

/**
 * The time in which things go wrong: calm and storms in turn.
 */
public final class Storms
{
    private static final long MILLI = 1_000_000;
    private static final long CALM_NS = 1500 * MILLI;
    private static final long STORM_NS = 4000 * MILLI;
    private static final int MOST_STORMS = 4;
    private static final int MOST_FAULTS = 5;

    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Faults faults;

    /**
     * @param grid   that suffers.
     * @param random that they are drawn from.
     */
    public Storms(final SimGrid grid, final SplittableRandom random)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = random;
        this.faults = new Faults(grid, random);
    }

    /**
     * Go through all, and leave nothing broken. What goes wrong when a partition is handed over may still come.
     */
    public void run()
    {
        for (int storm = 1 + random.nextInt(MOST_STORMS); storm > 0; storm--)
        {
            pass(random.nextLong(CALM_NS));
            final int count = 1 + random.nextInt(MOST_FAULTS);
            final long length = 200 * MILLI + random.nextLong(STORM_NS);
            grid.trace().line("storm", "of %d faults, %d ms", count, length / MILLI);
            for (int i = 0; i < count; i++)
            {
                timeline.after(random.nextLong(length), () -> faults.begin(length));
            }
            pass(length);
            faults.healAll();
        }
    }

    /**
     * Nothing goes wrong any more.
     */
    public void end()
    {
        faults.end();
    }

    private void pass(final long lengthNs)
    {
        final long end = timeline.nowNs() + lengthNs;
        while (timeline.step(end))
        {
            Thread.onSpinWait();
        }
    }
}
