package io.peregrine.perf.rig;

import java.util.Arrays;

/**
 * Single times, few enough to keep them all. One thread.
 */
public final class Samples
{
    private static final int FIRST = 1024;
    private static final double NS_PER_MS = 1e6;

    private long[] values = new long[FIRST];
    private int count;
    private boolean isSorted = true;

    /**
     * One more.
     *
     * @param ns nanoseconds.
     */
    public void add(final long ns)
    {
        if (count == values.length)
        {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = ns;
        isSorted = false;
    }

    /**
     * How many there are.
     *
     * @return their number.
     */
    public int count()
    {
        return count;
    }

    /**
     * The least that so many do not exceed.
     *
     * @param percent above 0, at most 100.
     * @return milliseconds, or NaN where there is none.
     */
    public double percentileMs(final double percent)
    {
        if (count == 0)
        {
            return Double.NaN;
        }
        if (!isSorted)
        {
            Arrays.sort(values, 0, count);
            isSorted = true;
        }

        final int rank = (int) Math.ceil(percent / 100 * count);
        return values[Math.max(0, rank - 1)] / NS_PER_MS;
    }
}
