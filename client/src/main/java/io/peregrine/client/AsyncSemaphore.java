package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A semaphore through the asynchronous lane. Any thread.
 */
final class AsyncSemaphore implements AsyncGridSemaphore
{
    private final LockCalls calls;
    private final AsyncLocks lane;

    AsyncSemaphore(final LockCalls calls, final AsyncLocks lane)
    {
        this.calls = calls;
        this.lane = lane;
    }

    @Override
    public CompletionStage<PermitLease> tryAcquire(final int permits, final Duration lease, final Duration wait)
    {
        return acquire(permits, Durations.toLease(lease), Durations.toWait(wait));
    }

    @Override
    public CompletionStage<PermitLease> acquire(final int permits, final Duration lease)
    {
        return acquire(permits, Durations.toLease(lease), Durations.MAX);
    }

    private CompletionStage<PermitLease> acquire(final int permits, final long leaseNs, final long waitNs)
    {
        return new AsyncAcquire<PermitLease>(
            lane,
            calls,
            PortSemaphore.checked(calls, permits),
            leaseNs,
            waitNs,
            (held) -> held == null ? null : new HeldPermits(held, permits)).submit();
    }

    @Override
    public CompletionStage<SemaphoreInfo> show()
    {
        return AsyncQuestion.look(lane, calls, PortSemaphore::infoOf);
    }

    @Override
    public CompletionStage<Boolean> forceRelease()
    {
        return force(LockTerms.NOBODY);
    }

    @Override
    public CompletionStage<Boolean> forceRelease(final long holder)
    {
        return force(PortSemaphore.termsOf(holder));
    }

    private CompletionStage<Boolean> force(final LockTerms from)
    {
        return AsyncQuestion.command(lane, calls, LockAction.FORCE, from, LockAnswer::isDone);
    }

    @Override
    public String toString()
    {
        return calls.lock.what();
    }
}
