package io.peregrine.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A lock that is held, or was. Its time is counted on this process's monotonic clock from the moment of asking, less
 * what two clocks may differ in: it is over here before it is over in the grid. For any number of threads.
 */
public interface LockLease extends AutoCloseable
{
    /**
     * @return name of the lock.
     */
    String name();

    /**
     * The number of this holding: higher than that of every holding of the lock before it, whatever happened to the
     * grid meanwhile. A store that remembers the highest fence it has seen and refuses lower ones cannot be changed by
     * one who has lost the lock.
     *
     * @return positive.
     */
    long fence();

    /**
     * @return number by which the grid knows the holder.
     */
    long holder();

    /**
     * @return how long the lock is surely held; zero when it may be another's, or was released.
     */
    Duration remaining();

    /**
     * @return whether {@link #remaining()} is positive.
     */
    boolean isHeld();

    /**
     * Begin the lease anew.
     *
     * @param lease from now on, 1 ns to 146 years.
     * @throws FailedException with {@link ErrorCode#NOT_HOLDER} if the lock is lost or was released.
     */
    void renew(Duration lease);

    /**
     * Let go of the lock, which the next in line gets.
     *
     * @throws FailedException with {@link ErrorCode#NOT_HOLDER} if the lock is lost or was released.
     */
    void release();

    /**
     * Have somebody told when the lock is lost: its time is over here, or the grid says so. Not when it is released.
     *
     * @param listener receives this lease, once, on a thread of the grid that it must not hold up.
     */
    void onLost(Consumer<LockLease> listener);

    /**
     * Renew the lease each time a third of it is over, for as long as it was asked for last, until it is released or
     * lost or the grid is closed. A process that stops does not renew.
     *
     * @return this.
     */
    LockLease renewAutomatically();

    /**
     * Leave the lock to whoever {@link GridLock#adopt adopts} it, by holder and fence: this process does not renew it
     * any more, and keeps it held when the grid is closed, to the end of the lease.
     */
    void detach();

    /**
     * The same lease without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncLease async();

    /**
     * Let go of the lock if it is still held; does nothing otherwise, and does not complain.
     */
    @Override
    void close();
}
