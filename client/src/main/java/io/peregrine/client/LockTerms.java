package io.peregrine.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What a command on a lock says besides the lock.
 *
 * @param holder  number by which the holder names itself.
 * @param fence   of the holder; 0 where it has none yet.
 * @param lease   nanoseconds; 0 where nothing is to be held.
 * @param waiting nanoseconds in line; 0 for not at all.
 * @param isFresh whether a renewal is to give a new fence.
 * @param permits of a semaphore that are asked for; 0 of others.
 */
record LockTerms(long holder, long fence, long lease, long waiting, boolean isFresh, int permits)
{
    LockTerms(final long holder, final long fence, final long lease, final long waiting, final boolean isFresh)
    {
        this(holder, fence, lease, waiting, isFresh, 0);
    }

    /**
     * Nobody: for commands of operators.
     */
    static final LockTerms NOBODY = new LockTerms(0, 0, 0, 0, false);

    /**
     * A holder that nobody was before.
     */
    static LockTerms newHolder(final long lease, final long waiting, final int permits)
    {
        return new LockTerms(ThreadLocalRandom.current().nextLong() | 1, 0, lease, waiting, false, permits);
    }
}
