package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A lock of the grid in the words of {@code java.util.concurrent}: each thread that holds it has a lease of its own,
 * and counts how often it has locked.
 */
final class LeasedLock implements Lock
{
    private final ThreadLocal<Hold> holds = new ThreadLocal<>();
    private final GridLock lock;
    private final Duration lease;

    LeasedLock(final GridLock lock, final Duration lease)
    {
        this.lock = lock;
        this.lease = lease;
    }

    @Override
    public void lock()
    {
        boolean isInterrupted = Thread.interrupted();
        try
        {
            while (!isEnteredAgain())
            {
                try
                {
                    begin(lock.acquire(lease));
                    return;
                }
                catch (final GridException ex)
                {
                    isInterrupted |= Thread.interrupted();
                    if (ex.code() != ErrorCode.INTERRUPTED)
                    {
                        throw ex;
                    }
                }
            }
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException
    {
        if (Thread.interrupted())
        {
            throw new InterruptedException();
        }
        if (!isEnteredAgain())
        {
            begin(interruptibly(null));
        }
    }

    @Override
    public boolean tryLock()
    {
        return isEnteredAgain() || begin(lock.tryAcquire(lease));
    }

    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException
    {
        if (Thread.interrupted())
        {
            throw new InterruptedException();
        }
        final long waitNs = Math.min(Durations.MAX, Math.max(0, unit.toNanos(time)));
        return isEnteredAgain() || begin(interruptibly(Duration.ofNanos(waitNs)));
    }

    @Override
    public void unlock()
    {
        final Hold hold = holds.get();
        if (hold == null)
        {
            throw new IllegalMonitorStateException("this thread does not hold " + lock);
        }
        if (--hold.count == 0)
        {
            holds.remove();
            hold.lease.release();
        }
    }

    @Override
    public Condition newCondition()
    {
        throw new UnsupportedOperationException("a lock of the grid has no conditions");
    }

    private LockLease interruptibly(final Duration wait) throws InterruptedException
    {
        try
        {
            return wait == null ? lock.acquire(lease) : lock.tryAcquire(lease, wait);
        }
        catch (final GridException ex)
        {
            if (ex.code() == ErrorCode.INTERRUPTED && Thread.interrupted())
            {
                throw (InterruptedException) new InterruptedException(ex.getMessage()).initCause(ex);
            }
            throw ex;
        }
    }

    private boolean isEnteredAgain()
    {
        final Hold hold = holds.get();
        if (hold != null)
        {
            hold.count++;
        }
        return hold != null;
    }

    private boolean begin(final LockLease acquired)
    {
        if (acquired != null)
        {
            holds.set(new Hold(acquired.renewAutomatically()));
        }
        return acquired != null;
    }

    @Override
    public String toString()
    {
        return lock.toString();
    }

    /**
     * What one thread holds.
     */
    private static final class Hold
    {
        private final LockLease lease;
        private int count = 1;

        private Hold(final LockLease lease)
        {
            this.lease = lease;
        }
    }
}
