package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A semaphore of the grid without waiting, as {@link AsyncGridLock} is a lock: its words on order, threads, cancelling
 * and limits hold. For any number of threads.
 */
public interface AsyncGridSemaphore
{
    /**
     * Take permits if they are free and nobody waits.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, 1 ns to 146 years.
     * @return the lease, or null if they are not to be had.
     */
    default CompletionStage<PermitLease> tryAcquire(final int permits, final Duration lease)
    {
        return tryAcquire(permits, lease, Duration.ZERO);
    }

    /**
     * Take permits, and wait in line for them.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, from when they are given.
     * @param wait    the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the lease, or null if they were not given in that time.
     */
    CompletionStage<PermitLease> tryAcquire(int permits, Duration lease, Duration wait);

    /**
     * Take permits, and wait in line for as long as that takes.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, from when they are given.
     * @return the lease.
     */
    CompletionStage<PermitLease> acquire(int permits, Duration lease);

    /**
     * @return how many permits there are and are free, how many hold some, and how many wait.
     */
    CompletionStage<SemaphoreInfo> show();

    /**
     * Take all permits back from whoever holds them, as {@link GridSemaphore#forceRelease()}.
     *
     * @return false if nobody has used the name.
     */
    CompletionStage<Boolean> forceRelease();

    /**
     * Take the permits of one holder back, as {@link GridSemaphore#forceRelease(long)}.
     *
     * @param holder {@link PermitLease#holder()}.
     * @return false if it holds none.
     */
    CompletionStage<Boolean> forceRelease(long holder);
}
