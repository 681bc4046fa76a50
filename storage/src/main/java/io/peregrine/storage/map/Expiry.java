package io.peregrine.storage.map;

/**
 * When an entry ends: a deadline, a longest idle time, both, or neither. A reusable argument; all times are partition
 * time in nanoseconds. Not for several threads.
 */
public final class Expiry
{
    private long deadline;
    private long maxIdle;
    private long touched;

    /**
     * Never.
     *
     * @return this.
     */
    public Expiry none()
    {
        return set(0, 0, 0);
    }

    /**
     * Set all.
     *
     * @param newDeadline the time when it ends whatever happens, 0 for none.
     * @param newMaxIdle  the longest time between two uses, 0 for any.
     * @param newTouched  the time of the last use known, when there is a longest idle time.
     * @return this.
     */
    public Expiry set(final long newDeadline, final long newMaxIdle, final long newTouched)
    {
        if (newDeadline < 0 || newMaxIdle < 0)
        {
            throw new IllegalArgumentException("negative time: deadline=" + newDeadline + " maxIdle=" + newMaxIdle);
        }
        deadline = newDeadline;
        maxIdle = newMaxIdle;
        touched = newTouched;
        return this;
    }

    /**
     * The time when it ends whatever happens.
     *
     * @return 0 for none.
     */
    public long deadline()
    {
        return deadline;
    }

    /**
     * The longest time between two uses.
     *
     * @return 0 for any.
     */
    public long maxIdle()
    {
        return maxIdle;
    }

    /**
     * The time of the last use known.
     *
     * @return partition time.
     */
    public long touched()
    {
        return touched;
    }

    /**
     * The end that follows from both.
     *
     * @return partition time, {@link Long#MAX_VALUE} if never.
     */
    public long end()
    {
        return end(deadline, maxIdle, touched);
    }

    static long end(final long deadline, final long maxIdle, final long touched)
    {
        long end = deadline == 0 ? Long.MAX_VALUE : deadline;
        if (maxIdle != 0)
        {
            final long idle = touched + maxIdle;
            end = Math.min(end, idle < 0 ? Long.MAX_VALUE : idle);
        }
        return end;
    }
}
