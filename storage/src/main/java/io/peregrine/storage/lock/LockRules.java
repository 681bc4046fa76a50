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
     * @param noted    permits of a semaphore that its record says are free.
     * @param total    permits that there are.
     * @param named    sequence of the entry that named it first.
     * @param sequence of the entry that is applied.
     * @return permits that are free: those that were, whoever leads the partition now.
     */
    public int free(final int noted, final int total, final long named, final long sequence)
    {
        return noted;
    }

    /**
     * @param isLine whether others wait for a semaphore.
     * @return whether whoever comes waits behind them, even if what it asks for is free.
     */
    public boolean waitsBehind(final boolean isLine)
    {
        return isLine;
    }

    /**
     * @param until end of a lease of permits, or of the time that one waits.
     * @param time  of the entry that is applied, the same on each copy.
     * @return whether it has come.
     */
    public boolean isOver(final long until, final long time)
    {
        return until <= time;
    }

    /**
     * @param woken of those who waited for a latch that opens.
     * @return whether the next of them is woken too.
     */
    public boolean wakesAnother(final int woken)
    {
        return true;
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
