package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@link PortSequence} over the asynchronous counter, with blocks of its own. Any thread; stages are completed without
 * the monitor.
 */
final class AsyncSequence implements AsyncGridSequence
{
    private static final int LIMIT = 4096;

    private final Queue<AsyncStage<Long>> waiting = new ArrayDeque<>();
    private final AsyncGridCounter given;
    private final int block;
    private final AtomicLong highest;
    private final Executor executor;
    private long next = 1;
    private long last;

    /**
     * @param highest number that any block of the handle has ended with.
     */
    AsyncSequence(
        final AsyncGridCounter given, final int block, final AtomicLong highest, final Executor executor)
    {
        this.given = given;
        this.block = block;
        this.highest = highest;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Long> next()
    {
        if (block == 1)
        {
            return take();
        }
        final AsyncStage<Long> stage = new AsyncStage<>(executor);
        final long number;
        final int place;
        synchronized (this)
        {
            number = next <= last ? next++ : 0;
            place = waiting.size();
            if (number == 0 && place < LIMIT)
            {
                waiting.add(stage);
            }
        }
        if (number > 0)
        {
            stage.complete(number);
        }
        else if (place == LIMIT)
        {
            stage.completeExceptionally(Errors.of(
                AnswerKind.REFUSED, ErrorCode.TOO_MANY_IN_FLIGHT, LIMIT + " calls wait for a block of the sequence"));
        }
        else if (place == 0)
        {
            takeBlock();
        }
        return stage;
    }

    private void takeBlock()
    {
        take().whenComplete((end, error) ->
        {
            if (error != null)
            {
                fail(error instanceof CompletionException ? error.getCause() : error);
            }
            else if (!serve(end))
            {
                takeBlock();
            }
        });
    }

    private void fail(final Throwable error)
    {
        final List<AsyncStage<Long>> failed;
        synchronized (this)
        {
            failed = List.copyOf(waiting);
            waiting.clear();
        }
        failed.forEach((stage) -> stage.completeExceptionally(error));
    }

    /**
     * @param end last number of a block that is this handle's.
     * @return false if it was not enough for all.
     */
    private boolean serve(final long end)
    {
        final List<AsyncStage<Long>> served = new ArrayList<>();
        final long first = end - block + 1;
        final boolean isEnough;
        synchronized (this)
        {
            while (served.size() < block && !waiting.isEmpty())
            {
                served.add(waiting.remove());
            }
            isEnough = waiting.isEmpty();
            next = first + served.size();
            last = end;
        }
        for (int i = 0; i < served.size(); i++)
        {
            served.get(i).complete(first + i);
        }
        return isEnough;
    }

    /**
     * @return the last number of a block that is this handle's.
     */
    private CompletionStage<Long> take()
    {
        final long before = highest.get();
        return given.addAndGet(block).thenCompose((end) ->
        {
            if (end - block < before)
            {
                return skipTo(before).thenCompose((done) -> take());
            }
            highest.accumulateAndGet(end, Math::max);
            return CompletableFuture.completedFuture(end);
        });
    }

    @Override
    public CompletionStage<Void> skipTo(final long number)
    {
        PortSequence.check(number);
        return given.get().thenCompose((now) -> now >= number ? CompletableFuture.completedFuture(null) :
            given.compareAndSet(now, number).thenCompose((done) ->
                done ? CompletableFuture.completedFuture(null) : skipTo(number)));
    }
}
