package io.peregrine.client;

import java.util.concurrent.CompletionStage;

/**
 * A sequence of the grid without waiting, as {@link AsyncGridMap} is a map: its words on threads and limits hold.
 * Cancelling a stage does not give its call up: it may use a number up. For any number of threads.
 */
public interface AsyncGridSequence
{
    /**
     * The next number, as {@link GridSequence#next}. With blocks, those that are taken here are not those of blocking
     * calls. Numbers rise in the order of asking, as far as this handle is asked without waiting. 4,096 calls wait for
     * a block at most.
     *
     * @return positive.
     */
    CompletionStage<Long> next();

    /**
     * Give no number up to this one from now on, as {@link GridSequence#skipTo}.
     *
     * @param last that is not to be given any more, 0 or more.
     * @return a stage that completes once that is so.
     */
    CompletionStage<Void> skipTo(long last);
}
