package io.peregrine.node.partition.learning;

import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the part of a data agent's time that goes into snapshots, as callers wait for that: after a step, whose bytes
 * are bounded, no other is taken until the step was the agreed part of all the time since it began. Where copies are
 * lacking, it may be eight times as much. One for what is given and one for what is taken. Data agent's thread.
 */
public final class CopyShare
{
    private static final int ALL = 100;
    private static final int WHERE_LACKING = 8;
    private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NanoClock clock;
    private final int percent;
    private long begunNs;
    private long freeNs;

    /**
     * @param clock   that moves while a step is taken; otherwise near the node's.
     * @param percent of the time; 100 is no bound.
     */
    public CopyShare(final NanoClock clock, final int percent)
    {
        this.clock = clock;
        this.percent = percent;
        freeNs = clock.nanoTime();
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether another step may be taken.
     */
    public boolean isFree(final long nowNs)
    {
        return nowNs - freeNs >= 0;
    }

    /**
     * A step begins.
     */
    public void begin()
    {
        begunNs = clock.nanoTime();
    }

    /**
     * The step is done.
     *
     * @param isLacking whether its partition has fewer copies than it is to have.
     */
    public void end(final boolean isLacking)
    {
        final long nowNs = clock.nanoTime();
        final int part = Math.min(ALL, isLacking ? WHERE_LACKING * percent : percent);
        final long pauseNs = Math.min(LONGEST_PAUSE_NS, (nowNs - begunNs) * (ALL - part) / part);
        freeNs = (isFree(nowNs) ? nowNs : freeNs) + pauseNs;
    }
}
