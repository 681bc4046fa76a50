package io.peregrine.transport.guard;

import java.util.concurrent.TimeUnit;

/**
 * How many datagrams to take in one cycle: one while they come singly, as asking once more costs a call to the system;
 * more and more while there are; none for a moment where none came for long, as asking in vain is most of what a cycle
 * costs. Pure; single-threaded.
 */
final class Burst
{
    /**
     * The most in one cycle.
     */
    static final int MOST = 64;

    /**
     * For so long at most the first datagram after a quiet time is left where it is.
     */
    static final long REST_NS = TimeUnit.MICROSECONDS.toNanos(10);

    private final int mostVainLooks;
    private int next = 1;
    private int vainLooks;
    private long lookedNs;

    /**
     * @param mostVainLooks asking in vain so often in a row makes it quiet.
     */
    Burst(final int mostVainLooks)
    {
        this.mostVainLooks = mostVainLooks;
    }

    /**
     * @param nowNs of a monotonic clock.
     * @return how many datagrams to ask for, 0 for none in this cycle.
     */
    int next(final long nowNs)
    {
        if (vainLooks >= mostVainLooks)
        {
            if (nowNs - lookedNs < REST_NS)
            {
                return 0;
            }
            lookedNs = nowNs;
        }

        return next;
    }

    void onEmpty()
    {
        next = 1;
        vainLooks = Math.min(vainLooks + 1, mostVainLooks);
    }

    void onFull()
    {
        next = Math.min(MOST, 2 * next);
        vainLooks = 0;
    }
}
