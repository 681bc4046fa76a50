package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockStatus;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * A lock over the grid's port. Any thread.
 */
final class PortLock implements GridLock
{
    private final LockCalls calls;

    PortLock(final LockCalls calls)
    {
        this.calls = calls;
    }

    @Override
    public String name()
    {
        return calls.lock.text;
    }

    @Override
    public LockLease tryAcquire(final Duration lease, final Duration wait)
    {
        return calls.acquire(Durations.toLease(lease), Durations.toWait(wait));
    }

    @Override
    public LockLease acquire(final Duration lease)
    {
        final long leaseNs = Durations.toLease(lease);
        Lease acquired = null;
        while (acquired == null)
        {
            acquired = calls.acquire(leaseNs, Durations.MAX);
        }
        return acquired;
    }

    @Override
    public LockLease adopt(final long holder, final long fence)
    {
        if (holder == 0 || fence <= 0)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID,
                "holder " + holder + " with fence " + fence + " was never given a lock");
        }
        return Lease.adopted(calls, holder, fence);
    }

    @Override
    public AsyncGridLock async()
    {
        return new AsyncLock(calls, calls.grid().asyncLocks());
    }

    @Override
    public LockInfo show()
    {
        return infoOf(calls.show());
    }

    static LockInfo infoOf(final LockAnswer answer)
    {
        return answer.status() == LockStatus.FREE ? new LockInfo(false, 0, 0, Duration.ZERO, 0) :
            new LockInfo(
                true, answer.holder(), answer.fence(), Duration.ofNanos(answer.remaining()), answer.waiters());
    }

    @Override
    public boolean forceRelease()
    {
        return calls.command(LockAction.FORCE, LockTerms.NOBODY, calls.grid().timeoutNs()).isDone();
    }

    @Override
    public Lock asLock(final Duration lease)
    {
        Durations.toLease(lease);
        return new LeasedLock(this, lease);
    }

    @Override
    public String toString()
    {
        return "lock '" + calls.lock + "'";
    }
}
