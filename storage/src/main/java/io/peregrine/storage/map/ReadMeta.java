package io.peregrine.storage.map;

/**
 * What a read tells besides the value. Reused by the calling thread.
 */
public final class ReadMeta
{
    long version;
    long deadline;
    long maxIdle;
    long end;

    /**
     * The version of the entry.
     *
     * @return the number given when it was written.
     */
    public long version()
    {
        return version;
    }

    /**
     * The time when it ends whatever happens.
     *
     * @return partition time, 0 for none.
     */
    public long deadline()
    {
        return deadline;
    }

    /**
     * The longest time between two uses.
     *
     * @return nanoseconds, 0 for any.
     */
    public long maxIdle()
    {
        return maxIdle;
    }

    /**
     * The end that follows from both and the last use in the log.
     *
     * @return partition time, {@link Long#MAX_VALUE} if never.
     */
    public long end()
    {
        return end;
    }
}
