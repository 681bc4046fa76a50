package io.peregrine.node.cluster;

import java.util.concurrent.TimeUnit;

/**
 * When a node says hello to whoever leads the control plane, and which replies are that one's. The answer to any hello
 * since it leads will do: where a reply takes longer than the time after which the next hello is said, waiting for the
 * reply to the latest one would never end. Correlations of hellos are below 0. One thread.
 */
final class Hellos
{
    static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    private long correlation;
    private long before;
    private long saidNs;

    Hellos(final long nowNs)
    {
        saidNs = nowNs - AGAIN_NS;
    }

    /**
     * Another leads: what the one before was told, or says, does not count.
     */
    void onLeader(final long nowNs)
    {
        before = correlation;
        saidNs = nowNs - AGAIN_NS;
    }

    boolean isDue(final long nowNs)
    {
        return nowNs - saidNs >= AGAIN_NS;
    }

    /**
     * @return correlation of a hello that is said now.
     */
    long next(final long nowNs)
    {
        saidNs = nowNs;
        return --correlation;
    }

    /**
     * @return whether this is the reply to a hello, and not to a command.
     */
    static boolean isOne(final long replied)
    {
        return replied < 0;
    }

    /**
     * @return whether whoever leads now was asked that.
     */
    boolean isAsked(final long replied)
    {
        return replied < before && replied >= correlation;
    }
}
