package io.peregrine.client;

/**
 * A number of the grid, by its name: 0 until it is changed for the first time. Each operation takes effect once, at one
 * moment. A number that was set to 0 takes no memory. For any number of threads.
 */
public interface GridCounter
{
    /**
     * @return name of the counter.
     */
    String name();

    /**
     * @return the number.
     */
    long get();

    /**
     * @param value from now on.
     */
    void set(long value);

    /**
     * Add to the number.
     *
     * @param delta to add, negative too.
     * @return the sum.
     * @throws FailedException with {@link ErrorCode#OVERFLOW} if it does not fit into 64 bits; nothing changes then.
     */
    long addAndGet(long delta);

    /**
     * Add to the number, as {@link #addAndGet}.
     *
     * @param delta to add, negative too.
     * @return the number before.
     */
    default long getAndAdd(final long delta)
    {
        return addAndGet(delta) - delta;
    }

    /**
     * Add 1, as {@link #addAndGet}.
     *
     * @return the sum.
     */
    default long incrementAndGet()
    {
        return addAndGet(1);
    }

    /**
     * Change the number if it is as expected.
     *
     * @param expected that it must be.
     * @param value    from then on.
     * @return false if it is another.
     */
    boolean compareAndSet(long expected, long value);

    /**
     * The same counter without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridCounter async();
}
