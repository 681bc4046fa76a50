package io.peregrine.client;

import java.time.Duration;

/**
 * How a map is made, when it does not exist yet. Where it exists, what is set here has to be as it is there. Immutable.
 */
public final class MapOptions
{
    /**
     * Whatever the map has; if it is made now, entries live for ever.
     */
    public static final MapOptions DEFAULT = new MapOptions(0, 0);

    private final long ttlNs;
    private final long maxIdleNs;

    private MapOptions(final long ttlNs, final long maxIdleNs)
    {
        this.ttlNs = ttlNs;
        this.maxIdleNs = maxIdleNs;
    }

    /**
     * How long entries live that are written without a word about it.
     *
     * @param ttl 1 ns to 146 years.
     * @return new options.
     */
    public MapOptions ttl(final Duration ttl)
    {
        return new MapOptions(Durations.toNanos("ttl", ttl), maxIdleNs);
    }

    /**
     * How long entries live unread and unwritten, that are written without a word about it.
     *
     * @param maxIdle 1 ns to 146 years.
     * @return new options.
     */
    public MapOptions maxIdle(final Duration maxIdle)
    {
        return new MapOptions(ttlNs, Durations.toNanos("max idle", maxIdle));
    }

    long ttlNs()
    {
        return ttlNs;
    }

    long maxIdleNs()
    {
        return maxIdleNs;
    }
}
