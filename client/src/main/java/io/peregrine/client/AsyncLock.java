package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A lock through the asynchronous lane. Any thread.
 */
final class AsyncLock implements AsyncGridLock
{
    private final LockCalls calls;
    private final AsyncLocks lane;

    AsyncLock(final LockCalls calls, final AsyncLocks lane)
    {
        this.calls = calls;
        this.lane = lane;
    }

    @Override
    public CompletionStage<LockLease> tryAcquire(final Duration lease, final Duration wait)
    {
        return acquire(Durations.toLease(lease), Durations.toWait(wait));
    }

    @Override
    public CompletionStage<LockLease> acquire(final Duration lease)
    {
        return acquire(Durations.toLease(lease), Durations.MAX);
    }

    private CompletionStage<LockLease> acquire(final long leaseNs, final long waitNs)
    {
        return new AsyncAcquire<LockLease>(lane, calls, 0, leaseNs, waitNs, (lease) -> lease).submit();
    }

    @Override
    public CompletionStage<LockInfo> show()
    {
        return AsyncQuestion.look(lane, calls, PortLock::infoOf);
    }

    @Override
    public CompletionStage<Boolean> forceRelease()
    {
        return AsyncQuestion.command(lane, calls, LockAction.FORCE, LockTerms.NOBODY, LockAnswer::isDone);
    }

    @Override
    public String toString()
    {
        return calls.lock.what();
    }
}
