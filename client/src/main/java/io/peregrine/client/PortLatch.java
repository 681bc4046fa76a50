package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockStatus;
import java.time.Duration;

/**
 * A latch over the grid's port. Any thread.
 */
final class PortLatch implements GridLatch
{
    private final LockCalls calls;

    PortLatch(final LockCalls calls)
    {
        this.calls = calls;
    }

    @Override
    public String name()
    {
        return calls.lock.text;
    }

    @Override
    public int initial()
    {
        return calls.lock.total;
    }

    @Override
    public int countDown()
    {
        return (int) calls.checked(command(LockAction.COUNT_DOWN)).fence();
    }

    @Override
    public boolean await(final Duration timeout)
    {
        return calls.acquire(0, Durations.toWait(timeout)) != null;
    }

    @Override
    public int count()
    {
        return countOf(calls, calls.show());
    }

    static int countOf(final LockCalls calls, final LockAnswer answer)
    {
        return answer.status() == LockStatus.FREE ? calls.lock.total : answer.left();
    }

    @Override
    public LatchInfo show()
    {
        return infoOf(calls.show());
    }

    static LatchInfo infoOf(final LockAnswer answer)
    {
        return new LatchInfo(answer.total(), answer.left(), answer.waiters());
    }

    @Override
    public AsyncGridLatch async()
    {
        return new AsyncLatch(calls, calls.grid().asyncLocks());
    }

    @Override
    public boolean reset()
    {
        return command(LockAction.FORCE).isDone();
    }

    private LockAnswer command(final LockAction action)
    {
        return calls.command(action, LockTerms.NOBODY, calls.grid().timeoutNs());
    }

    @Override
    public String toString()
    {
        return calls.lock.what();
    }
}
