package io.peregrine.client.port;

/**
 * What a read tells besides the value. Reused by one thread.
 */
public final class ReadDetails
{
    /**
     * A duration without end.
     */
    public static final long FOREVER = -1;

    private long version;
    private long ttlLeft;
    private long maxIdle;

    /**
     * Set all.
     *
     * @param newVersion of the entry.
     * @param newTtlLeft how long it lives yet whatever happens, in nanoseconds, or {@link #FOREVER}.
     * @param newMaxIdle how long it lives unused, in nanoseconds, or {@link #FOREVER}.
     */
    public void set(final long newVersion, final long newTtlLeft, final long newMaxIdle)
    {
        version = newVersion;
        ttlLeft = newTtlLeft;
        maxIdle = newMaxIdle;
    }

    /**
     * The version of the entry.
     *
     * @return the number of the write that made it.
     */
    public long version()
    {
        return version;
    }

    /**
     * How long it lives yet whatever happens.
     *
     * @return nanoseconds, or {@link #FOREVER}.
     */
    public long ttlLeft()
    {
        return ttlLeft;
    }

    /**
     * How long it lives unused.
     *
     * @return nanoseconds, or {@link #FOREVER}.
     */
    public long maxIdle()
    {
        return maxIdle;
    }
}
