package io.peregrine.storage.lock;

/**
 * What the promises of locks and fences hang on, each as one small method: with another answer on one of them two
 * holders could do harm to each other.
 * <p>
 * Not final, and with instance methods, for the tests that plant faults.
 */
public class LockRules
{
    /**
     * @param sequence of the entry that gives a lock.
     * @return the holder's fence: higher than any before it, whoever led the partition then.
     */
    public long fence(final long sequence)
    {
        return sequence;
    }

    /**
     * @param fence of the holder of a lock.
     * @param named fence that a request gives which only the holder may make.
     * @return whether it is the holder's.
     */
    public boolean isHolder(final long fence, final long named)
    {
        return fence == named;
    }

    /**
     * @param free    permits of a semaphore that nobody holds.
     * @param permits that the first of its line asks for.
     * @return whether it may have them now.
     */
    public boolean mayHave(final int free, final int permits)
    {
        return permits <= free;
    }

    /**
     * @param seen  the highest fence of the lock that the partition has seen.
     * @param fence that a write carries.
     * @return whether the write is refused.
     */
    public boolean isStale(final long seen, final long fence)
    {
        return fence < seen;
    }

    /**
     * @param end   of a lease, in partition time.
     * @param named end that an Expire entry gives for the lock.
     * @return whether the entry ends the lease; one that was renewed since has another end.
     */
    public boolean isExpired(final long end, final long named)
    {
        return end == named;
    }
}
