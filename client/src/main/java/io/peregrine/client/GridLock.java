package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * A lock of the grid, by its name. It is held for a lease: a time after which the grid gives it to the next who asks,
 * whatever became of the holder. So a holder that was stopped for longer than its lease may still believe that it holds
 * the lock: what must not be done by two has to be fenced, see {@link LockLease#fence()}.
 * <p>
 * Who waits is served in the order of asking, and woken by the grid. Leases are 1 ns to 146 years; useful ones are much
 * longer than a call takes. For any number of threads.
 */
public interface GridLock
{
    /**
     * @return name of the lock.
     */
    String name();

    /**
     * Take the lock if nobody holds it.
     *
     * @param lease for how long it is to be held.
     * @return the lease, or null if somebody holds the lock.
     */
    default LockLease tryAcquire(final Duration lease)
    {
        return tryAcquire(lease, Duration.ZERO);
    }

    /**
     * Take the lock, and wait in line for it while others hold it.
     *
     * @param lease for how long it is to be held, from when it is given.
     * @param wait  the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the lease, or null if the lock was not given in that time. A thread that is interrupted leaves the line
     *         and gets an exception.
     */
    LockLease tryAcquire(Duration lease, Duration wait);

    /**
     * Take the lock, and wait in line for as long as that takes.
     *
     * @param lease for how long it is to be held, from when it is given.
     * @return the lease.
     */
    LockLease acquire(Duration lease);

    /**
     * The lease of one who acquired the lock elsewhere, in another process too. Nothing is asked: it counts as over
     * until it is renewed.
     *
     * @param holder {@link LockLease#holder()} there.
     * @param fence  {@link LockLease#fence()} there.
     * @return a lease, to be renewed or released.
     */
    LockLease adopt(long holder, long fence);

    /**
     * @return who holds the lock, and how many wait.
     */
    LockInfo show();

    /**
     * Take the lock from whoever holds it, for operators: the next in line gets it. Who held it is told when it renews
     * or releases, and believes until then that it holds it.
     *
     * @return false if nobody held it.
     */
    boolean forceRelease();

    /**
     * The same lock as one of {@code java.util.concurrent}: reentrant for the thread that holds it, its lease renewed
     * automatically until it is unlocked. A lock that was lost all the same makes {@code unlock} throw. Conditions are
     * not supported.
     *
     * @param lease for how long it is held without renewal: after so long others get it when this process dies.
     * @return a lock, for all threads that are to see each other's holds.
     */
    Lock asLock(Duration lease);

    /**
     * The same lock without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridLock async();
}
