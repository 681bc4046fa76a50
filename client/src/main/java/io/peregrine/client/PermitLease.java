package io.peregrine.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Permits that are held, or were. Their time is counted on this process's monotonic clock from the moment of asking,
 * less what two clocks may differ in: it is over here before it is over in the grid. For any number of threads.
 */
public interface PermitLease extends AutoCloseable
{
    /**
     * @return name of the semaphore.
     */
    String name();

    /**
     * @return how many are held together.
     */
    int permits();

    /**
     * The number of this holding. Those given later have a higher one; those given at one time, when a large one was
     * released, have the same. It names the holding: writes are not fenced by it, as many hold at a time.
     *
     * @return positive.
     */
    long fence();

    /**
     * @return number by which the grid knows the holder.
     */
    long holder();

    /**
     * @return how long they are surely held; zero when they may be others', or were released.
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
     * @throws FailedException with {@link ErrorCode#NOT_HOLDER} if they are lost or were released.
     */
    void renew(Duration lease);

    /**
     * Let go of all of them.
     *
     * @throws FailedException with {@link ErrorCode#NOT_HOLDER} if they are lost or were released.
     */
    void release();

    /**
     * Have somebody told when they are lost: their time is over here, or the grid says so. Not when they are released.
     *
     * @param listener receives this lease, once, on a thread of the grid that it must not hold up.
     */
    void onLost(Consumer<PermitLease> listener);

    /**
     * Renew the lease each time a third of it is over, for as long as it was asked for last, until it is released or
     * lost or the grid is closed. A process that stops does not renew.
     *
     * @return this.
     */
    PermitLease renewAutomatically();

    /**
     * Leave them to whoever {@link GridSemaphore#adopt adopts} them: this process does not renew them any more, and
     * keeps them held when the grid is closed, to the end of the lease.
     */
    void detach();

    /**
     * The same lease without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncLease async();

    /**
     * Let go of them if they are still held; does nothing otherwise, and does not complain.
     */
    @Override
    void close();
}
