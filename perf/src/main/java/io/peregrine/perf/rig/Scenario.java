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
