package io.peregrine.transport.guard;

/**
 * Lets so much through in a second, and so much at once. Pure; single-threaded.
 */
final class TokenBucket
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final long perTokenNs;
    private final long fullNs;
    private long emptyAtNs;
    private boolean isStarted;

    TokenBucket(final int perSecond, final int burst)
    {
        perTokenNs = SECOND_NS / perSecond;
        fullNs = burst * perTokenNs;
    }

    /**
     * @param nowNs of a monotonic clock.
     * @return whether there was a token.
     */
    boolean take(final long nowNs)
    {
        if (!isStarted || nowNs - emptyAtNs > fullNs)
        {
            isStarted = true;
            emptyAtNs = nowNs - fullNs;
        }
        if (nowNs - emptyAtNs < perTokenNs)
        {
            return false;
        }

        emptyAtNs += perTokenNs;
        return true;
    }
}
