package io.peregrine.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The asynchronous counter over the asynchronous map. Any thread.
 */
final class AsyncCounter implements AsyncGridCounter
{
    private final String key;
    private final AsyncGridMap<String, Long> map;

    AsyncCounter(final String key, final AsyncGridMap<String, Long> map)
    {
        this.key = key;
        this.map = map;
    }

    @Override
    public CompletionStage<Long> get()
    {
        return map.get(key).thenApply((value) -> value == null ? 0 : value);
    }

    @Override
    public CompletionStage<Void> set(final long value)
    {
        return (value == 0 ? map.delete(key) : map.set(key, value)).thenApply((done) -> null);
    }

    @Override
    public CompletionStage<Long> addAndGet(final long delta)
    {
        return map.addAndGet(key, delta);
    }

    @Override
    public CompletionStage<Boolean> compareAndSet(final long expected, final long value)
    {
        return map.replace(key, expected, value).thenCompose(
            (done) -> done || expected != 0 ? CompletableFuture.completedFuture(done) : putIfAbsent(value));
    }

    /**
     * 0 is expected, and was not there as a number: nothing may be there, or a 0 since then.
     */
    private CompletionStage<Boolean> putIfAbsent(final long value)
    {
        return map.putIfAbsent(key, value).thenCompose((other) ->
            other == null || other != 0 ? CompletableFuture.completedFuture(other == null) : compareAndSet(0, value));
    }
}
