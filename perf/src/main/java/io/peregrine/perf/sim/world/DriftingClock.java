package io.peregrine.perf.sim.world;

import org.agrona.concurrent.NanoClock;

/**
 * The monotonic clock of one node: begins anywhere, and runs faster or slower than true time. While its node works, a
 * reading is a little later than the one before; and the node may be stopped between any two readings.
 */
public final class DriftingClock implements NanoClock
{
    private static final long READING_NS = 150;
    private static final long MILLION = 1_000_000;

    private final Timeline timeline;
    private final long offsetNs;
    private final long ppm;
    private long spentNs;
    private int stallIn;
    private long stallNs;

    /**
     * @param timeline true time.
     * @param offsetNs what it shows at the beginning.
     * @param ppm      by how many millionths it runs too fast.
     */
    public DriftingClock(final Timeline timeline, final long offsetNs, final long ppm)
    {
        this.timeline = timeline;
        this.offsetNs = offsetNs;
        this.ppm = ppm;
    }

    @Override
    public long nanoTime()
    {
        spentNs += READING_NS;
        if (stallIn > 0 && --stallIn == 0)
        {
            spentNs += stallNs;
        }
        return at(timeline.nowNs() + spentNs);
    }

    /**
     * @return what the clock shows to somebody who looks at it from outside.
     */
    public long now()
    {
        return at(timeline.nowNs());
    }

    /**
     * @param trueNs true time.
     * @return what the clock shows then.
     */
    public long at(final long trueNs)
    {
        return offsetNs + trueNs + trueNs / MILLION * ppm + trueNs % MILLION * ppm / MILLION;
    }

    /**
     * @return true time that has passed in the work under way.
     */
    public long spentNs()
    {
        return spentNs;
    }

    /**
     * Work begins.
     */
    public void begin()
    {
        spentNs = 0;
    }

    /**
     * Stop the node before a reading to come.
     *
     * @param readings after how many, 1 or more.
     * @param lengthNs for how long.
     */
    public void stallAfter(final int readings, final long lengthNs)
    {
        stallIn = readings;
        stallNs = lengthNs;
    }

    /**
     * Work is over.
     *
     * @return true time that it took.
     */
    public long end()
    {
        final long spent = spentNs;
        spentNs = 0;
        return spent;
    }
}
