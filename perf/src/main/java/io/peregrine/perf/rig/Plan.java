package io.peregrine.perf.rig;

import java.util.concurrent.TimeUnit;

/**
 * How a measurement is done.
 *
 * @param mode       of the grid, as the report names it.
 * @param rows       names of the rows: kinds of operations that one load mixes.
 * @param shares     of each row in the load; their sum is 1.
 * @param threads    that drive load.
 * @param rate       operations a second that an open loop offers over all threads; 0 is a closed loop.
 * @param rounds     in each of which subject and floor have one turn.
 * @param warmupNs   of each side, not measured.
 * @param turnNs     length of a turn.
 * @param operations that end a turn of a closed loop, for each thread; {@link Long#MAX_VALUE} for none.
 */
public record Plan(
    String mode,
    String[] rows,
    double[] shares,
    int threads,
    long rate,
    int rounds,
    long warmupNs,
    long turnNs,
    long operations)
{
    /**
     * Operations of a lane are timed in groups of this many, and one more on its own for the percentiles.
     */
    public static final int BATCH = 64;

    private static final int MAX_GRAIN = 4096;

    /**
     * A closed loop without a limit of operations.
     *
     * @param mode    of the grid.
     * @param rows    names of the rows.
     * @param shares  of the rows.
     * @param threads that drive load.
     * @param rounds  of turns.
     * @param seconds that each side is measured, over all rounds.
     * @return the plan, with a warm-up of a quarter of the time, at least one second, but no longer than the time.
     */
    public static Plan closed(
        final String mode,
        final String[] rows,
        final double[] shares,
        final int threads,
        final int rounds,
        final double seconds)
    {
        final long measured = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        final long warmup = Math.max(Math.min(TimeUnit.SECONDS.toNanos(1), measured), measured / 4);
        return new Plan(mode, rows, shares, threads, 0, rounds, warmup, measured / rounds, Long.MAX_VALUE);
    }

    /**
     * The same with an open loop.
     *
     * @param operations a second, over all threads.
     * @return the plan.
     */
    public Plan atRate(final long operations)
    {
        return new Plan(mode, rows, shares, threads, operations, rounds, warmupNs, turnNs, this.operations);
    }

    /**
     * The same without a warm-up, each turn ended by its operations rather than by time.
     *
     * @param count of operations in a turn.
     * @return the plan.
     */
    public Plan counted(final long count)
    {
        return new Plan(mode, rows, shares, threads, rate, rounds, warmupNs, Long.MAX_VALUE / 2, count);
    }

    /**
     * How many operations of each row are done before the next row has its turn: enough to time them in batches.
     *
     * @return counts in the order of the rows.
     */
    public int[] grains()
    {
        double least = 1;
        for (final double share : shares)
        {
            least = share > 0 ? Math.min(least, share) : least;
        }

        final double cycle = Math.min(MAX_GRAIN, BATCH / least);
        final int[] grains = new int[shares.length];
        for (int i = 0; i < grains.length; i++)
        {
            grains[i] = shares[i] > 0 ? (int) Math.max(1, Math.round(cycle * shares[i])) : 0;
        }

        return grains;
    }
}
