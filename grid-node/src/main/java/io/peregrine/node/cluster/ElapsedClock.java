package io.peregrine.node.cluster;

import io.aeron.cluster.service.ClusterClock;

import java.util.concurrent.TimeUnit;

/**
 * The clock by which a seed stamps, waits and votes: begins at wall time and goes on by the monotonic clock, so that a
 * wall clock that is set does nothing. Any thread.
 */
final class ElapsedClock implements ClusterClock
{
    private final long beginNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private final long startNs = System.nanoTime();

    @Override
    public TimeUnit timeUnit()
    {
        return TimeUnit.NANOSECONDS;
    }

    @Override
    public long time()
    {
        return beginNs + System.nanoTime() - startNs;
    }
}
