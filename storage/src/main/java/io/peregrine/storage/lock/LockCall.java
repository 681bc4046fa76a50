package io.peregrine.storage.lock;

import org.agrona.DirectBuffer;

/**
 * One command on one lock, and what is told of it: a reusable flyweight whose name stays where it is. A field of its
 * owner.
 */
public final class LockCall
{
    DirectBuffer buffer;
    int offset;
    int length;
    long hash;
    long session;
    long holder;
    long fence;
    long lease;
    long wait;
    int total;
    int permits;
    boolean isUnbound;
    boolean isFresh;
    long sequence;
    long time;
    private long toldFence;
    private long toldEnd;

    /**
     * The lock.
     *
     * @param newHash   of its name.
     * @param newBuffer with the name.
     * @param newOffset where.
     * @param newLength bytes, from 1.
     * @return this.
     */
    public LockCall lock(
        final long newHash, final DirectBuffer newBuffer, final int newOffset, final int newLength)
    {
        hash = newHash;
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        return this;
    }

    /**
     * Who asks.
     *
     * @param newSession of the holder.
     * @param newHolder  names it in its session.
     * @param newFence   that it gives; 0 for none.
     * @return this.
     */
    public LockCall by(final long newSession, final long newHolder, final long newFence)
    {
        session = newSession;
        holder = newHolder;
        fence = newFence;
        return this;
    }

    /**
     * For how long.
     *
     * @param newLease nanoseconds, positive where a lock is to be held.
     * @param newWait  nanoseconds in line; 0 for not at all.
     * @return this.
     */
    public LockCall lasting(final long newLease, final long newWait)
    {
        lease = newLease;
        wait = newWait;
        return this;
    }

    /**
     * How many, of a semaphore or a latch.
     *
     * @param newTotal   that it is named with; 0 for whatever it has.
     * @param newPermits that are asked for.
     * @return this.
     */
    public LockCall counting(final int newTotal, final int newPermits)
    {
        total = newTotal;
        permits = newPermits;
        return this;
    }

    /**
     * How.
     *
     * @param newUnbound the lock is not bound to the session.
     * @param newFresh   a renewal gives a new fence.
     * @return this.
     */
    public LockCall flags(final boolean newUnbound, final boolean newFresh)
    {
        isUnbound = newUnbound;
        isFresh = newFresh;
        return this;
    }

    /**
     * By which entry.
     *
     * @param newSequence of it.
     * @param newTime     partition time.
     * @return this.
     */
    public LockCall at(final long newSequence, final long newTime)
    {
        sequence = newSequence;
        time = newTime;
        return this;
    }

    /**
     * What is told of it, by {@link LockTable}.
     *
     * @return fence of the holder after the command, or of the one that it took the lock from; ticket of one who waits;
     *         0 for none.
     */
    public long toldFence()
    {
        return toldFence;
    }

    /**
     * What is told of it, by {@link LockTable}.
     *
     * @return partition time at which the lease or the waiting ends; 0 for none.
     */
    public long toldEnd()
    {
        return toldEnd;
    }

    void tell(final long newFence, final long newEnd)
    {
        toldFence = newFence;
        toldEnd = newEnd;
    }

    long owner()
    {
        return isUnbound ? 0 : session;
    }

    static long end(final long time, final long duration)
    {
        final long end = time + duration;
        return end < time ? Long.MAX_VALUE : end;
    }
}
