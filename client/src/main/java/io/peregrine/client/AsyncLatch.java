package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * A latch through the asynchronous lane. Any thread.
 */
final class AsyncLatch implements AsyncGridLatch
{
    private final LockCalls calls;
    private final AsyncLocks lane;

    AsyncLatch(final LockCalls calls, final AsyncLocks lane)
    {
        this.calls = calls;
        this.lane = lane;
    }

    @Override
    public CompletionStage<Integer> countDown()
    {
        return AsyncQuestion.command(
            lane, calls, LockAction.COUNT_DOWN, LockTerms.NOBODY, (answer) -> (int) calls.checked(answer).fence());
    }

    @Override
    public CompletionStage<Boolean> await(final Duration timeout)
    {
        return new AsyncAcquire<>(lane, calls, 0, 0, Durations.toWait(timeout), Objects::nonNull).submit();
    }

    @Override
    public CompletionStage<Integer> count()
    {
        return AsyncQuestion.look(lane, calls, (answer) -> PortLatch.countOf(calls, answer));
    }

    @Override
    public CompletionStage<LatchInfo> show()
    {
        return AsyncQuestion.look(lane, calls, PortLatch::infoOf);
    }

    @Override
    public CompletionStage<Boolean> reset()
    {
        return AsyncQuestion.command(lane, calls, LockAction.FORCE, LockTerms.NOBODY, LockAnswer::isDone);
    }

    @Override
    public String toString()
    {
        return calls.lock.what();
    }
}
