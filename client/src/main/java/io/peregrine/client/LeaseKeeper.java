package io.peregrine.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The leases that a grid's object holds: lets go of them when that is to end, and has a thread for those that are to be
 * renewed, or whose loss somebody wants to be told of. The thread is there while there is such a lease. Any thread.
 */
final class LeaseKeeper implements Runnable
{
    private static final long LONGEST_SLEEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int PURGE_AT_LEAST = 64;

    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private final Set<Lease> watched = ConcurrentHashMap.newKeySet();
    private volatile int purgeAt = PURGE_AT_LEAST;
    private volatile boolean isEnding;
    private Thread thread;
    private boolean isWoken;
    private boolean isClosed;

    /**
     * A lease is held from now on. Those whose time ran out while nobody looked are forgotten now and then.
     */
    void add(final Lease lease)
    {
        held.add(lease);
        if (held.size() > purgeAt)
        {
            held.removeIf(Lease::isOver);
            purgeAt = Math.max(PURGE_AT_LEAST, 2 * held.size());
        }
    }

    void remove(final Lease lease)
    {
        held.remove(lease);
        watched.remove(lease);
    }

    synchronized void watch(final Lease lease)
    {
        watched.add(lease);
        if (thread == null && !isClosed)
        {
            thread = new Thread(this, "peregrine-leases");
            thread.setDaemon(true);
            thread.start();
        }
        wake();
    }

    synchronized void wake()
    {
        isWoken = true;
        notifyAll();
    }

    /**
     * Nothing is to be held any more: whoever is given something from now on lets go of it. What was added before is
     * seen by {@link #letGo}.
     */
    void end()
    {
        isEnding = true;
    }

    boolean isEnding()
    {
        return isEnding;
    }

    /**
     * Tell the grid that all that is held is let go of. What it cannot be told of in time is held no longer all the
     * same, as far as this process has a say.
     *
     * @param timeoutNs for how long at most.
     */
    void letGo(final long timeoutNs)
    {
        final long startNs = System.nanoTime();
        for (final Lease lease : held)
        {
            final long leftNs = timeoutNs - (System.nanoTime() - startNs);
            if (lease.isHeld() && leftNs > 0)
            {
                lease.close(leftNs);
            }
            else if (lease.isHeld())
            {
                lease.forget();
            }
        }
    }

    /**
     * Renew nothing, and tell nobody of a loss, any more. Nothing is held now, as far as this process has a say.
     */
    void close()
    {
        end();
        synchronized (this)
        {
            isClosed = true;
            notifyAll();
        }
        held.forEach(Lease::forget);
        watched.forEach(Lease::forget);
    }

    @Override
    public void run()
    {
        long nextNs = System.nanoTime();
        while (sleep(nextNs))
        {
            nextNs = System.nanoTime() + LONGEST_SLEEP_NS;
            for (final Lease lease : watched)
            {
                final long dueNs = lease.work(System.nanoTime());
                if (dueNs == Long.MAX_VALUE)
                {
                    remove(lease);
                }
                else if (dueNs - nextNs < 0)
                {
                    nextNs = dueNs;
                }
            }
        }
    }

    static void tell(final Consumer<LockLease> listener, final Lease lease)
    {
        try
        {
            listener.accept(lease);
        }
        catch (final Throwable ex)
        {
            // Whatever one listener does, other leases are renewed.
            final Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, ex);
        }
    }

    /**
     * @return false when it is closed, or nothing is watched any more.
     */
    private synchronized boolean sleep(final long untilNs)
    {
        try
        {
            while (!isClosed && !isWoken && untilNs - System.nanoTime() > 0)
            {
                final long leftNs = untilNs - System.nanoTime();
                wait(Math.max(0, leftNs / 1_000_000), (int) Math.max(1, leftNs % 1_000_000));
            }
        }
        catch (final InterruptedException ex)
        {
            isClosed = true;
        }
        isWoken = false;
        if (isClosed || watched.isEmpty())
        {
            thread = null;
            return false;
        }
        return true;
    }
}
