package io.peregrine.perf.verify.history;

/**
 * What a client asks. Null stands for an absent entry.
 *
 * @param function of the operation.
 * @param key      of the entry; without blanks.
 * @param expected of a compare-and-set. Of a semaphore: how many permits.
 * @param value    to set; null removes the entry. Of a lock or a semaphore: the fence with which it is held.
 */
public record Operation(Function function, String key, Long expected, Long value)
{
    /**
     * A read.
     *
     * @param key of the entry.
     * @return the operation.
     */
    public static Operation read(final String key)
    {
        return new Operation(Function.READ, key, null, null);
    }

    /**
     * A write.
     *
     * @param key   of the entry.
     * @param value to set; null removes the entry.
     * @return the operation.
     */
    public static Operation write(final String key, final Long value)
    {
        return new Operation(Function.WRITE, key, null, value);
    }

    /**
     * A compare-and-set.
     *
     * @param key      of the entry.
     * @param expected value.
     * @param value    to set; null removes the entry.
     * @return the operation.
     */
    public static Operation cas(final String key, final Long expected, final Long value)
    {
        return new Operation(Function.CAS, key, expected, value);
    }

    /**
     * Acquiring a lock; its fence is told then.
     *
     * @param lock its name.
     * @return the operation.
     */
    public static Operation acquire(final String lock)
    {
        return new Operation(Function.ACQUIRE, lock, null, null);
    }

    /**
     * A write with a fence.
     *
     * @param lock  that is held.
     * @param fence with which it is.
     * @return the operation.
     */
    public static Operation fenced(final String lock, final long fence)
    {
        return new Operation(Function.FENCED, lock, null, fence);
    }

    /**
     * Letting go of a lock.
     *
     * @param lock  that is held.
     * @param fence with which it is.
     * @return the operation.
     */
    public static Operation release(final String lock, final long fence)
    {
        return new Operation(Function.RELEASE, lock, null, fence);
    }

    /**
     * Acquiring permits; the fence of the holding is told then.
     *
     * @param semaphore its name.
     * @param permits   how many.
     * @return the operation.
     */
    public static Operation acquirePermits(final String semaphore, final int permits)
    {
        return new Operation(Function.ACQUIRE_PERMITS, semaphore, (long) permits, null);
    }

    /**
     * Letting go of what this one acquired.
     *
     * @param fence with which it is held.
     * @return the operation.
     */
    public Operation release(final long fence)
    {
        return new Operation(
            isOfLock() ? Function.RELEASE : Function.RELEASE_PERMITS, key, expected, fence);
    }

    /**
     * Is its key that of an entry?
     *
     * @return false where it is the name of a lock or a semaphore.
     */
    public boolean isOfEntry()
    {
        return !isOfLock() && !isOfPermits();
    }

    /**
     * Is its key the name of a semaphore?
     *
     * @return whether it is.
     */
    public boolean isOfPermits()
    {
        return function == Function.ACQUIRE_PERMITS || function == Function.RELEASE_PERMITS;
    }

    /**
     * Does it acquire a lock or permits?
     *
     * @return whether it does.
     */
    public boolean isAcquiring()
    {
        return function == Function.ACQUIRE || function == Function.ACQUIRE_PERMITS;
    }

    /**
     * Is its key the name of a lock?
     *
     * @return whether it is.
     */
    public boolean isOfLock()
    {
        return function == Function.ACQUIRE || function == Function.FENCED || function == Function.RELEASE;
    }

    /**
     * Does it change nothing, whatever is there?
     *
     * @return whether it is a read.
     */
    public boolean isRead()
    {
        return function == Function.READ;
    }
}
