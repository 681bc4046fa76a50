package io.peregrine.client;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * Those of one client that wait for one lock, semaphore or latch without a thread, in the order of the grid's line.
 * Only the first is looked for: nobody behind it is given anything before. The lane's thread.
 */
final class WaitLine implements Comparable<WaitLine>
{
    final TreeSet<AsyncAcquire<?>> waiters = new TreeSet<>(Comparator.comparingLong(AsyncAcquire::ticket));
    private final long serial;

    /**
     * The look that is on its way for the first; null for none.
     */
    LockRequest look;
    /**
     * When the next look is to be sent, while there is none.
     */
    long dueNs;
    /**
     * When the grid was last known to be there.
     */
    long heardNs;

    WaitLine(final long serial, final long nowNs)
    {
        this.serial = serial;
        heardNs = nowNs;
    }

    /**
     * By the time of the next look.
     */
    @Override
    public int compareTo(final WaitLine other)
    {
        return dueNs == other.dueNs ? Long.compare(serial, other.serial) : Long.signum(dueNs - other.dueNs);
    }
}
