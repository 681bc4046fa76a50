package io.peregrine.perf.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One of two processes that hand a lock to each other: who holds it lets go as soon as the other is in line, and gets
 * in line again after a moment in which it leaves the core to others. One thread.
 */
final class Baton
{
    /**
     * Name of the lock.
     */
    static final String LOCK = "baton";

    private static final long ASIDE_NS = TimeUnit.MICROSECONDS.toNanos(300);

    private final GridLock lock;

    Baton(final GridLock lock)
    {
        this.lock = lock;
    }

    /**
     * @param untilNs when it ends, on the machine's monotonic clock.
     * @return what was held meanwhile.
     */
    List<Holding> pass(final long untilNs)
    {
        final List<Holding> held = new ArrayList<>();
        for (long leftNs = untilNs - System.nanoTime(); leftNs > 0; leftNs = untilNs - System.nanoTime())
        {
            final LockLease lease = lock.tryAcquire(LockSide.LEASE, Duration.ofNanos(leftNs));
            final long acquiredNs = System.nanoTime();
            if (lease != null)
            {
                final boolean isAwaited = isAwaited(untilNs);
                final long releasedNs = System.nanoTime();
                lease.release();
                held.add(new Holding(lease.fence(), acquiredNs, releasedNs, isAwaited));
                LockSupport.parkNanos(ASIDE_NS);
            }
        }

        return held;
    }

    private boolean isAwaited(final long untilNs)
    {
        while (lock.show().waiters() == 0)
        {
            if (System.nanoTime() - untilNs > 0)
            {
                return false;
            }
        }

        return true;
    }
}
