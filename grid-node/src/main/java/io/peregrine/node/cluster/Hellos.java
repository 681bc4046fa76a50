package io.peregrine.node.cluster;

import java.util.concurrent.TimeUnit;

/**
 * When a node says hello to whoever leads the control plane, and which replies are that one's. The answer to any hello
 * since it leads will do: where a reply takes longer than the time after which the next hello is said, waiting for the
 * reply to the latest one would never end. Correlations of hellos are below 0. One thread.
 */
final class Hellos
{
    /**
     * Until the second one: what is said to one who has just begun to lead may get lost. Each pause is twice as long as
     * the one before, as every hello is answered with all that was decided.
     */
    static final long FIRST_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

    static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    private long correlation;
    private long before;
    private long saidNs;
    private long pauseNs;

    Hellos(final long nowNs)
    {
        saidNs = nowNs;
    }

    /**
     * Another leads: what the one before was told, or says, does not count.
     */
    void onLeader(final long nowNs)
    {
        before = correlation;
        saidNs = nowNs;
        pauseNs = 0;
    }

    boolean isDue(final long nowNs)
    {
        return nowNs - saidNs >= pauseNs;
    }

    /**
     * @return correlation of the next hello.
     */
    long next()
    {
        return correlation - 1;
    }

    /**
     * The next one has left; until then it is due.
     */
    void onSaid(final long nowNs)
    {
        correlation--;
        saidNs = nowNs;
        pauseNs = pauseNs == 0 ? FIRST_AGAIN_NS : Math.min(2 * pauseNs, AGAIN_NS);
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
