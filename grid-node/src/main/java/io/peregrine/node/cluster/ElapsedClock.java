package io.peregrine.node.cluster;

import io.aeron.cluster.service.ClusterClock;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock by which a seed stamps, waits and votes: begins at wall time and goes on by the monotonic clock, so that a
 * wall clock that is set does nothing. Any thread.
 */
final class ElapsedClock implements ClusterClock
{
    private final LongSupplier monotonicNs;
    private final long beginNs;
    private final long startNs;

    ElapsedClock()
    {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param wallMs      asked once.
     * @param monotonicNs asked whenever the time is.
     */
    ElapsedClock(final LongSupplier wallMs, final LongSupplier monotonicNs)
    {
        this.monotonicNs = monotonicNs;
        beginNs = TimeUnit.MILLISECONDS.toNanos(wallMs.getAsLong());
        startNs = monotonicNs.getAsLong();
    }

    @Override
    public TimeUnit timeUnit()
    {
        return TimeUnit.NANOSECONDS;
    }

    @Override
    public long time()
    {
        return beginNs + monotonicNs.getAsLong() - startNs;
    }
}
