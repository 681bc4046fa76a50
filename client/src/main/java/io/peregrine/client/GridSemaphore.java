package io.peregrine.client;

import java.time.Duration;

/**
 * A counting semaphore of the grid, by its name. Its permits are held for leases: times after which the grid takes them
 * back, whatever became of the holder. So a holder that was stopped for longer than its lease may still believe that it
 * holds them, beside others: a semaphore bounds how many do a thing, but fences nothing off.
 * <p>
 * Who waits is served in the order of asking, and woken by the grid. A large request at the head of the line is not
 * passed by smaller ones behind it, even where there are permits enough for those. The number of permits is set by the
 * first who uses the name; it is forgotten when nobody has held any for a day. For any number of threads.
 */
public interface GridSemaphore
{
    /**
     * @return name of the semaphore.
     */
    String name();

    /**
     * @return permits in all, as this handle names them.
     */
    int permits();

    /**
     * Take permits if they are free and nobody waits.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, 1 ns to 146 years.
     * @return the lease, or null if they are not to be had.
     * @throws FailedException with {@link ErrorCode#TOTAL_DIFFERS} if the semaphore has another number of permits.
     */
    default PermitLease tryAcquire(final int permits, final Duration lease)
    {
        return tryAcquire(permits, lease, Duration.ZERO);
    }

    /**
     * Take permits, and wait in line for them.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, from when they are given.
     * @param wait    the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the lease, or null if they were not given in that time. A thread that is interrupted leaves the line and
     *         gets an exception.
     * @throws FailedException with {@link ErrorCode#TOTAL_DIFFERS} if the semaphore has another number of permits.
     */
    PermitLease tryAcquire(int permits, Duration lease, Duration wait);

    /**
     * Take permits, and wait in line for as long as that takes.
     *
     * @param permits how many, from 1 to all.
     * @param lease   for how long they are to be held, from when they are given.
     * @return the lease.
     * @throws FailedException with {@link ErrorCode#TOTAL_DIFFERS} if the semaphore has another number of permits.
     */
    PermitLease acquire(int permits, Duration lease);

    /**
     * The lease of one who acquired permits elsewhere, in another process too. Nothing is asked: it counts as over
     * until it is renewed.
     *
     * @param permits {@link PermitLease#permits()} there.
     * @param holder  {@link PermitLease#holder()} there.
     * @param fence   {@link PermitLease#fence()} there.
     * @return a lease, to be renewed or released.
     */
    PermitLease adopt(int permits, long holder, long fence);

    /**
     * @return how many permits there are and are free, how many hold some, and how many wait.
     */
    SemaphoreInfo show();

    /**
     * Take all permits back from whoever holds them, for operators. Those in line get theirs; where nobody is in line,
     * the semaphore is forgotten, and the next who uses the name sets its permits. Who held some is told when it renews
     * or releases.
     *
     * @return false if nobody has used the name.
     */
    boolean forceRelease();

    /**
     * Take the permits of one holder back, for operators.
     *
     * @param holder {@link PermitLease#holder()}.
     * @return false if it holds none.
     */
    boolean forceRelease(long holder);

    /**
     * The same semaphore without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridSemaphore async();
}
