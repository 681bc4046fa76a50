package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A lock of the grid without waiting, for any number of threads. Who waits in line takes no thread. A stage completes
 * with what the method of {@link GridLock} returns or throws, on the thread that completes those of
 * {@link AsyncGridMap}: it belongs to the grid, and callbacks hold each other up, so hand long ones, and blocking
 * calls, to an executor of your own. What one thread asks for of one lock reaches the grid in the order asked.
 * <p>
 * Whoever ends a stage of an acquisition itself, by {@code stage.toCompletableFuture().cancel(true)} or otherwise, as
 * by {@code orTimeout}, withdraws: who waits leaves the line, and a lock that was given meanwhile is let go of.
 * Cancelling what was made of a stage does not.
 * <p>
 * One grid object acquires {@value #LIMIT} locks, permits and latches at a time without waiting, those in line
 * included; one more completes at once with {@link RefusedException} and {@link ErrorCode#TOO_MANY_IN_FLIGHT}.
 */
public interface AsyncGridLock
{
    /**
     * The most acquisitions of one grid object that are under way at a time.
     */
    int LIMIT = 32 * 1024;

    /**
     * Take the lock if nobody holds it.
     *
     * @param lease for how long it is to be held.
     * @return the lease, or null if somebody holds the lock.
     */
    default CompletionStage<LockLease> tryAcquire(final Duration lease)
    {
        return tryAcquire(lease, Duration.ZERO);
    }

    /**
     * Take the lock, and wait in line for it while others hold it.
     *
     * @param lease for how long it is to be held, from when it is given.
     * @param wait  the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the lease, or null if the lock was not given in that time.
     */
    CompletionStage<LockLease> tryAcquire(Duration lease, Duration wait);

    /**
     * Take the lock, and wait in line for as long as that takes.
     *
     * @param lease for how long it is to be held, from when it is given.
     * @return the lease.
     */
    CompletionStage<LockLease> acquire(Duration lease);

    /**
     * @return who holds the lock, and how many wait.
     */
    CompletionStage<LockInfo> show();

    /**
     * Take the lock from whoever holds it, as {@link GridLock#forceRelease}.
     *
     * @return false if nobody held it.
     */
    CompletionStage<Boolean> forceRelease();
}
