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
        final LockAnswer answer = calls.show();
        return answer.status() == LockStatus.FREE ? initial() : answer.left();
    }

    @Override
    public LatchInfo show()
    {
        final LockAnswer answer = calls.show();
        return new LatchInfo(answer.total(), answer.left(), answer.waiters());
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
