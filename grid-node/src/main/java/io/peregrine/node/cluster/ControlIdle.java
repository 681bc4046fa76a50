package io.peregrine.node.cluster;

import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the control plane's thread of a node does without work: sleeps, for longer when nothing was decided or asked for
 * in a while, as signs of life can wait. The thread's own.
 */
final class ControlIdle implements IdleStrategy
{
    static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(2);
    static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(8);

    /**
     * Short sleeps after news, in which more may follow.
     */
    static final int ATTENTIVE = 1_000;

    private final BooleanSupplier hasNews;
    private int attentive = ATTENTIVE;

    /**
     * @param hasNews whether anything was decided or asked for since this was asked last, or is not as it is to be.
     */
    ControlIdle(final BooleanSupplier hasNews)
    {
        this.hasNews = hasNews;
    }

    @Override
    public void idle(final int workCount)
    {
        attentive = hasNews.getAsBoolean() ? ATTENTIVE : attentive;
        if (workCount == 0)
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        LockSupport.parkNanos(nextNs());
        attentive = Math.max(0, attentive - 1);
    }

    @Override
    public void reset()
    {
        attentive = ATTENTIVE;
    }

    /**
     * @return for how long it sleeps next.
     */
    long nextNs()
    {
        return attentive > 0 ? SHORT_NS : LONG_NS;
    }

    @Override
    public String alias()
    {
        return "control";
    }
}
