package io.peregrine.transport.link;

/**
 * How long to rest before the next attempt: twice as long after each failure, up to a limit, and by chance up to half
 * of that less, so that clients of a node that restarts do not come all at once. Pure.
 */
final class Backoff
{
    private final long minNs;
    private final long maxNs;
    private long nextNs;

    Backoff(final long minNs, final long maxNs)
    {
        this.minNs = minNs;
        this.maxNs = maxNs;
        nextNs = minNs;
    }

    /**
     * @param random any number.
     * @return nanoseconds to rest.
     */
    long next(final long random)
    {
        final long restNs = nextNs;
        nextNs = Math.min(maxNs, 2 * nextNs);
        return restNs - Math.floorMod(random, restNs / 2 + 1);
    }

    void reset()
    {
        nextNs = minNs;
    }
}
