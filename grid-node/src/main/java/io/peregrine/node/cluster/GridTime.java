package io.peregrine.node.cluster;

/**
 * The grid's time, made of the stamps of the log, so that all hosts have the same. Each leader stamps by a clock of its
 * own that may be anywhere: time passes only between two stamps of one leader. It never goes back or jumps, and stands
 * still while nobody leads. Pure; one thread.
 */
final class GridTime
{
    private long timeNs;
    private long lastStamp;

    GridTime(final long timeNs, final long lastStamp)
    {
        this.timeNs = timeNs;
        this.lastStamp = lastStamp;
    }

    /**
     * @param stamp of the next message of the log.
     * @return the grid's time, in nanoseconds.
     */
    long onStamp(final long stamp)
    {
        if (stamp > lastStamp)
        {
            timeNs += stamp - lastStamp;
            lastStamp = stamp;
        }

        return timeNs;
    }

    /**
     * Another leads from here on.
     *
     * @param stamp by its clock.
     */
    void onLeader(final long stamp)
    {
        lastStamp = stamp;
    }

    long timeNs()
    {
        return timeNs;
    }

    long lastStamp()
    {
        return lastStamp;
    }
}
