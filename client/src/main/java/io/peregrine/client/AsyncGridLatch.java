package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A latch of the grid without waiting, as {@link AsyncGridLock} is a lock: its words on order, threads, cancelling and
 * limits hold. For any number of threads.
 */
public interface AsyncGridLatch
{
    /**
     * Count one down, as {@link GridLatch#countDown}. Cancelling gives the call up: it is not sent if it was not yet;
     * it may count if it was.
     *
     * @return what is left.
     */
    CompletionStage<Integer> countDown();

    /**
     * Wait until the latch is open.
     *
     * @param timeout the longest time to wait, 0 to 146 years; 0 for not waiting.
     * @return false if it was not open in that time.
     */
    CompletionStage<Boolean> await(Duration timeout);

    /**
     * @return what is left to count; all of it where nobody has used the name.
     */
    CompletionStage<Integer> count();

    /**
     * @return where it began, what is left, and how many wait.
     */
    CompletionStage<LatchInfo> show();

    /**
     * Have it count anew, as {@link GridLatch#reset}.
     *
     * @return false if nobody has used the name.
     */
    CompletionStage<Boolean> reset();
}
