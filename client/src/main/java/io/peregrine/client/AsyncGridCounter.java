package io.peregrine.client;

import java.util.concurrent.CompletionStage;

/**
 * A counter of the grid without waiting, as {@link AsyncGridMap} is a map: its words on order, threads and limits hold.
 * Cancelling a stage does not give its call up. For any number of threads.
 */
public interface AsyncGridCounter
{
    /**
     * @return the number.
     */
    CompletionStage<Long> get();

    /**
     * @param value from then on.
     * @return a stage that completes once it is set.
     */
    CompletionStage<Void> set(long value);

    /**
     * Add to the number.
     *
     * @param delta to add, negative too.
     * @return the sum.
     */
    CompletionStage<Long> addAndGet(long delta);

    /**
     * Add to the number.
     *
     * @param delta to add, negative too.
     * @return the number before.
     */
    default CompletionStage<Long> getAndAdd(final long delta)
    {
        return addAndGet(delta).thenApply((sum) -> sum - delta);
    }

    /**
     * Add 1.
     *
     * @return the sum.
     */
    default CompletionStage<Long> incrementAndGet()
    {
        return addAndGet(1);
    }

    /**
     * Change the number if it is as expected.
     *
     * @param expected that it must be.
     * @param value    from then on.
     * @return false if it is another.
     */
    CompletionStage<Boolean> compareAndSet(long expected, long value);
}
