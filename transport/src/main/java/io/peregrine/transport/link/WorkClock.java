package io.peregrine.transport.link;

/**
 * Time that passes only while this end works: a step of the given clock counts as a short one at most. Whoever was
 * paused does not take the others' silence during the pause for their end. Pure; single-threaded.
 */
final class WorkClock
{
    private final long maxStepNs;
    private long lastNs;
    private long timeNs;
    private boolean isStarted;

    WorkClock(final long maxStepNs)
    {
        this.maxStepNs = maxStepNs;
    }

    /**
     * @param nowNs of a monotonic clock.
     * @return the time of work, from 0.
     */
    long advance(final long nowNs)
    {
        if (isStarted)
        {
            timeNs += Math.max(0, Math.min(nowNs - lastNs, maxStepNs));
        }
        isStarted = true;
        lastNs = nowNs;
        return timeNs;
    }
}
