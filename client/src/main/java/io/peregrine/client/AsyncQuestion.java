package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One request about a lock, semaphore or latch, and the stage that its answer completes. Made by any thread, then owned
 * by the lane's.
 */
final class AsyncQuestion<T>
{
    private final AsyncLocks lane;
    private final Function<LockAnswer, T> conversion;
    private final AsyncStage<T> stage;

    private AsyncQuestion(final AsyncLocks lane, final Function<LockAnswer, T> conversion)
    {
        this.lane = lane;
        this.conversion = conversion;
        stage = lane.newStage();
    }

    /**
     * Ask how it is.
     */
    static <T> CompletionStage<T> look(
        final AsyncLocks lane, final LockCalls calls, final Function<LockAnswer, T> conversion)
    {
        final AsyncQuestion<T> question = new AsyncQuestion<>(lane, conversion);
        return question.submit(question.new Request(calls, null, LockTerms.NOBODY));
    }

    /**
     * Have something done.
     */
    static <T> CompletionStage<T> command(
        final AsyncLocks lane,
        final LockCalls calls,
        final LockAction action,
        final LockTerms terms,
        final Function<LockAnswer, T> conversion)
    {
        final AsyncQuestion<T> question = new AsyncQuestion<>(lane, conversion);
        return question.submit(question.new Request(calls, action, terms));
    }

    private AsyncStage<T> submit(final LockRequest request)
    {
        lane.submit(stage, false, () -> lane.post(() -> lane.send(request)));
        return stage;
    }

    private final class Request extends LockRequest
    {
        Request(final LockCalls calls, final LockAction action, final LockTerms terms)
        {
            super(calls.lock, action, terms, calls.grid().timeoutNs());
        }

        @Override
        boolean isGivenUp()
        {
            return stage.isDone();
        }

        @Override
        void onAnswer(final LockAnswer answer)
        {
            lane.onEnd();
            final T converted;
            try
            {
                converted = conversion.apply(answer);
            }
            catch (final GridException ex)
            {
                stage.completeExceptionally(ex);
                return;
            }
            stage.complete(converted);
        }

        @Override
        void onError(final GridException error)
        {
            lane.onEnd();
            stage.completeExceptionally(error);
        }
    }
}
