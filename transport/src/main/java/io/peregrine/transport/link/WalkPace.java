package io.peregrine.transport.link;

import java.util.concurrent.TimeUnit;

/**
 * When the media driver walks over all its streams: so that the walks take an eighth of the time, and often enough for
 * its timers. Between two of them only what came is taken, and what is to be sent is sent. Pure; single-threaded.
 */
final class WalkPace
{
    /**
     * Between two walks passes so many times what one takes.
     */
    static final int REST = 7;

    /**
     * No longer than this passes between two walks.
     */
    static final long MAX_REST_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * A walk takes no less.
     */
    static final long LEAST_NS = TimeUnit.MICROSECONDS.toNanos(1);

    private long tookNs = LEAST_NS;
    private long dueNs;
    private boolean isStarted;

    /**
     * @param nowNs of a monotonic clock.
     * @return whether to walk now.
     */
    boolean isDue(final long nowNs)
    {
        return !isStarted || nowNs - dueNs >= 0;
    }

    /**
     * What a walk takes is believed up to twice of what was known: a thread that lost its core in the middle of one is
     * no reason to walk seldom.
     *
     * @param startNs of the walk.
     * @param endNs   of the walk.
     */
    void onWalk(final long startNs, final long endNs)
    {
        isStarted = true;
        tookNs = Math.max(LEAST_NS, Math.min(endNs - startNs, 2 * tookNs));
        dueNs = endNs + Math.min(MAX_REST_NS, REST * tookNs);
    }
}
