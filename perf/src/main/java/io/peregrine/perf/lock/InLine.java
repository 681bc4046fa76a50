package io.peregrine.perf.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One that waits in line for a lock on a thread of its own, and lets go of it as soon as it has it.
 */
final class InLine
{
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final GridLock lock;
    private final CompletableFuture<Long> acquired = new CompletableFuture<>();

    private InLine(final GridLock lock)
    {
        this.lock = lock;
    }

    /**
     * Get in line, and wait until the grid says so.
     *
     * @param lock that another holds.
     */
    static InLine enter(final GridLock lock)
    {
        final InLine entered = new InLine(lock);
        final Thread thread = new Thread(entered::await, "in-line");
        thread.setDaemon(true);
        thread.start();
        final long startNs = System.nanoTime();
        while (lock.show().waiters() == 0 && !entered.acquired.isDone() && System.nanoTime() - startNs < LIMIT_NS)
        {
            LockSupport.parkNanos(STEP_NS);
        }

        return entered;
    }

    private void await()
    {
        try
        {
            final LockLease lease = lock.tryAcquire(LEASE, WAIT);
            final long acquiredNs = System.nanoTime();
            if (lease == null)
            {
                throw new IllegalStateException("nobody took " + lock + " over within " + WAIT.toSeconds() + " s");
            }
            lease.release();
            acquired.complete(acquiredNs);
        }
        catch (final RuntimeException ex)
        {
            acquired.completeExceptionally(ex);
        }
    }

    /**
     * @return when it had the lock; waits until then.
     */
    long acquiredNs()
    {
        return acquired.join();
    }
}
