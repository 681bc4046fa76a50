package io.peregrine.client;

import java.time.Duration;

/**
 * How long an entry lives: a time to live from the write on, a longest time without a read or a write, both or neither.
 * Immutable.
 */
public final class Expiry
{
    /**
     * As the map was opened.
     */
    public static final Expiry OF_MAP = new Expiry(0, 0);

    /**
     * For ever, whatever the map says.
     */
    public static final Expiry NEVER = new Expiry(-1, -1);

    private final long ttlNs;
    private final long maxIdleNs;

    private Expiry(final long ttlNs, final long maxIdleNs)
    {
        this.ttlNs = ttlNs;
        this.maxIdleNs = maxIdleNs;
    }

    /**
     * An entry that ends a time after the write.
     *
     * @param ttl 1 ns to 146 years.
     * @return an expiry without a longest idle time.
     */
    public static Expiry after(final Duration ttl)
    {
        return new Expiry(Durations.toNanos("ttl", ttl), -1);
    }

    /**
     * An entry that ends when it has not been used for a time. For maps that were opened with a longest idle time, and
     * for nodes that evict: elsewhere reads leave no trace, and it is refused.
     *
     * @param maxIdle 1 ns to 146 years.
     * @return an expiry without a time to live.
     */
    public static Expiry whenIdle(final Duration maxIdle)
    {
        return new Expiry(-1, Durations.toNanos("max idle", maxIdle));
    }

    /**
     * This time to live, with a longest idle time as well.
     *
     * @param maxIdle 1 ns to 146 years.
     * @return a new expiry.
     */
    public Expiry orWhenIdle(final Duration maxIdle)
    {
        return new Expiry(ttlNs, Durations.toNanos("max idle", maxIdle));
    }

    long ttlNs()
    {
        return ttlNs;
    }

    long maxIdleNs()
    {
        return maxIdleNs;
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof Expiry && ((Expiry) other).ttlNs == ttlNs && ((Expiry) other).maxIdleNs == maxIdleNs;
    }

    @Override
    public int hashCode()
    {
        return Long.hashCode(ttlNs) * 31 + Long.hashCode(maxIdleNs);
    }

    @Override
    public String toString()
    {
        return "Expiry[ttl=" + shown(ttlNs) + ", maxIdle=" + shown(maxIdleNs) + "]";
    }

    private static String shown(final long nanos)
    {
        return nanos == 0 ? "of map" : nanos < 0 ? "none" : Durations.shown(nanos);
    }
}
