package io.peregrine.client;

import java.time.Duration;

/**
 * A countdown latch of the grid, by its name: it counts to zero once, and whoever waits for that goes on.
 * <p>
 * Where it begins is set by the first who uses the name. An open latch is remembered for a day, in which nobody waits
 * for it; then the name is free for the next. One that is not open stays until it is, or is {@link #reset() reset}. For
 * any number of threads.
 */
public interface GridLatch
{
    /**
     * @return name of the latch.
     */
    String name();

    /**
     * @return where it begins, as this handle names it.
     */
    int initial();

    /**
     * Count one down, exactly once, however often the grid has to be asked. An open latch stays open.
     *
     * @return what is left.
     * @throws FailedException         with {@link ErrorCode#TOTAL_DIFFERS} if the latch began elsewhere.
     * @throws OutcomeUnknownException if it may have been counted or not: {@link #count()} may tell.
     */
    int countDown();

    /**
     * Wait until the latch is open.
     *
     * @param timeout the longest time to wait, 0 to 146 years; 0 for not waiting.
     * @return false if it was not open in that time. A thread that is interrupted gets an exception.
     * @throws FailedException with {@link ErrorCode#TOTAL_DIFFERS} if the latch began elsewhere.
     */
    boolean await(Duration timeout);

    /**
     * @return what is left to count; all of it where nobody has used the name.
     */
    int count();

    /**
     * @return where it began, what is left, and how many wait.
     */
    LatchInfo show();

    /**
     * Have it count anew, from the beginning: those who wait go on waiting. Where nobody waits, it is forgotten, and
     * the next who uses the name sets where it begins.
     *
     * @return false if nobody has used the name.
     */
    boolean reset();

    /**
     * The same latch without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridLatch async();
}
