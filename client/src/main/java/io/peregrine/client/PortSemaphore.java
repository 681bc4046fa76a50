package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;

/**
 * A semaphore over the grid's port. Any thread.
 */
final class PortSemaphore implements GridSemaphore
{
    private final LockCalls calls;

    PortSemaphore(final LockCalls calls)
    {
        this.calls = calls;
    }

    @Override
    public String name()
    {
        return calls.lock.text;
    }

    @Override
    public int permits()
    {
        return calls.lock.total;
    }

    @Override
    public PermitLease tryAcquire(final int permits, final Duration lease, final Duration wait)
    {
        final Lease held = calls.acquire(checked(calls, permits), Durations.toLease(lease), Durations.toWait(wait));
        return held == null ? null : new HeldPermits(held, permits);
    }

    @Override
    public PermitLease acquire(final int permits, final Duration lease)
    {
        final long leaseNs = Durations.toLease(lease);
        Lease held = null;
        while (held == null)
        {
            held = calls.acquire(checked(calls, permits), leaseNs, Durations.MAX);
        }
        return new HeldPermits(held, permits);
    }

    @Override
    public PermitLease adopt(final int permits, final long holder, final long fence)
    {
        if (holder == 0 || fence <= 0)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID,
                "holder " + holder + " with fence " + fence + " was never given permits");
        }
        return new HeldPermits(Lease.adopted(calls, holder, fence), checked(calls, permits));
    }

    @Override
    public SemaphoreInfo show()
    {
        return infoOf(calls.show());
    }

    static SemaphoreInfo infoOf(final LockAnswer answer)
    {
        return new SemaphoreInfo(answer.total(), answer.left(), answer.holders(), answer.waiters());
    }

    @Override
    public boolean forceRelease()
    {
        return force(LockTerms.NOBODY);
    }

    @Override
    public AsyncGridSemaphore async()
    {
        return new AsyncSemaphore(calls, calls.grid().asyncLocks());
    }

    @Override
    public boolean forceRelease(final long holder)
    {
        return force(termsOf(holder));
    }

    /**
     * Of a command of operators that is about one holder.
     */
    static LockTerms termsOf(final long holder)
    {
        if (holder == 0)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "holder 0 was never given permits");
        }
        return new LockTerms(holder, 0, 0, 0, false);
    }

    private boolean force(final LockTerms from)
    {
        return calls.command(LockAction.FORCE, from, calls.grid().timeoutNs()).isDone();
    }

    static int checked(final LockCalls calls, final int permits)
    {
        final int all = calls.lock.total;
        if (permits < 1 || permits > all)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID,
                permits + " permits of " + calls.lock.what() + " are not 1 to " + all);
        }
        return permits;
    }

    @Override
    public String toString()
    {
        return calls.lock.what();
    }
}
