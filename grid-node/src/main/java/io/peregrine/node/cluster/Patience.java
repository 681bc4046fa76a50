package io.peregrine.node.cluster;

import java.util.concurrent.TimeUnit;

/**
 * How long the next session with the control plane may take to begin: twice as long after one that did not in time, up
 * to a limit, as where all are slow none else ever would; and as at first again after one that did. One thread.
 */
final class Patience
{
    static final long USUAL_NS = TimeUnit.SECONDS.toNanos(2);
    static final long MOST_NS = TimeUnit.SECONDS.toNanos(4);

    private final long usualNs;
    private final long mostNs;
    private long currentNs;

    Patience(final long usualNs, final long mostNs)
    {
        this.usualNs = usualNs;
        this.mostNs = mostNs;
        currentNs = usualNs;
    }

    static Patience usual()
    {
        return new Patience(USUAL_NS, MOST_NS);
    }

    long currentNs()
    {
        return currentNs;
    }

    void onTooLate()
    {
        currentNs = Math.min(mostNs, 2 * currentNs);
    }

    void onBegun()
    {
        currentNs = usualNs;
    }
}
