package io.peregrine.perf.rig;

/**
 * One side of a comparison, subject or floor. Started before and stopped after each of its turns, so that what runs in
 * the background of one side never takes time from the other.
 */
public interface Scenario extends AutoCloseable
{
    /**
     * What the report calls this side of a row.
     *
     * @param row index in the plan.
     * @return a short name.
     */
    String name(int row);

    /**
     * How many threads drive load on this side.
     *
     * @param planned threads of the plan.
     * @return another number where one side is compared with fewer callers.
     */
    default int threads(final int planned)
    {
        return planned;
    }

    /**
     * A turn of this side begins.
     */
    default void start()
    {
    }

    /**
     * Called on each driving thread, once in a turn.
     *
     * @param thread index of the driving thread.
     * @return the subjects, one for each row of the plan, in the plan's order.
     */
    Subject[] open(int thread);

    /**
     * Threads that never sleep while this side has its turn, the driving ones among them: when they miss more time on
     * the cores than their number explains, somebody else had it.
     *
     * @param threads that drive load.
     * @return count; 0 when the driving threads may sleep, and nothing can be told.
     */
    default int busyThreads(final int threads)
    {
        return 0;
    }

    /**
     * Have one turn. A side whose load is driven by a program of its own does that here.
     *
     * @param plan       of the measurement.
     * @param batched    for each row whether operations are timed in batches.
     * @param durationNs of the turn.
     * @return a measurement for each row.
     * @throws InterruptedException when the calling thread is interrupted.
     */
    default Measurement[] turn(final Plan plan, final boolean[] batched, final long durationNs)
        throws InterruptedException
    {
        return new Turn(this, plan, batched).run(durationNs);
    }

    /**
     * The turn is over; every driving thread has ended.
     */
    default void stop()
    {
    }

    @Override
    default void close()
    {
    }
}
