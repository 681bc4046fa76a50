package io.peregrine.client;

import java.time.Duration;

/**
 * An election as a lock, and an entry of the grid's map that names the last who was elected, written with the fence of
 * the term before the term is handed out. Any thread.
 */
final class PortElection implements GridElection
{
    /**
     * For a leader, while another is elected.
     */
    static final int LOOKS = 3;
    private static final Duration FOR_EVER = Duration.ofNanos(Durations.MAX);

    private final String name;
    private final String key;
    private final GridLock lock;
    private final GridMap<String, Elected> map;
    private final Duration lease;
    private final PortGrid grid;

    PortElection(
        final String name,
        final String key,
        final GridLock lock,
        final GridMap<String, Elected> map,
        final Duration lease,
        final PortGrid grid)
    {
        Durations.toLease(lease);
        this.grid = grid;
        this.name = name;
        this.key = key;
        this.lock = lock;
        this.map = map;
        this.lease = lease;
    }

    @Override
    public String name()
    {
        return name;
    }

    @Override
    public ElectionTerm campaign(final String candidate)
    {
        ElectionTerm term = null;
        while (term == null)
        {
            term = campaign(candidate, FOR_EVER);
        }
        return term;
    }

    @Override
    public ElectionTerm campaign(final String candidate, final Duration wait)
    {
        Names.check(candidate);
        final long waitNs = Durations.toWait(wait);
        final long startNs = System.nanoTime();
        long leftNs = waitNs;
        do
        {
            final LockLease given = lock.tryAcquire(lease, Duration.ofNanos(leftNs));
            if (given != null && isProclaimed(candidate, given))
            {
                return new ElectionTerm(given);
            }
            leftNs = waitNs - (System.nanoTime() - startNs);
        }
        while (leftNs > 0);
        return null;
    }

    /**
     * @return false if the lease was lost before the name was written.
     */
    private boolean isProclaimed(final String candidate, final LockLease given)
    {
        boolean isDone = false;
        try
        {
            given.renewAutomatically();
            map.set(key, new Elected(given.holder(), candidate), given);
            isDone = true;
        }
        catch (final FailedException ex)
        {
            if (ex.code() != ErrorCode.NOT_HOLDER && ex.code() != ErrorCode.STALE_FENCE)
            {
                throw ex;
            }
        }
        finally
        {
            if (!isDone)
            {
                letGo(given);
            }
        }
        return isDone;
    }

    /**
     * A thread that was interrupted lets go as well.
     */
    private static void letGo(final LockLease given)
    {
        final boolean isInterrupted = Thread.interrupted();
        given.close();
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Candidacy stand(final String candidate, final ElectionListener listener)
    {
        return new Candidacy(this, candidate, listener);
    }

    @Override
    public ElectionLeader leader()
    {
        for (int left = LOOKS; left > 0; left--)
        {
            final LockInfo info = lock.show();
            final Elected elected = info.held() ? map.get(key) : null;
            if (elected != null && elected.holder() == info.holder())
            {
                return new ElectionLeader(elected.candidate(), info.fence(), info.remaining());
            }
        }
        return null;
    }

    @Override
    public AsyncGridElection async()
    {
        return new AsyncElection(key, lock.async(), map.async(), lease, grid.asyncLocks());
    }

    @Override
    public ElectionTerm adopt(final long holder, final long fence)
    {
        return new ElectionTerm(lock.adopt(holder, fence));
    }

    @Override
    public boolean depose()
    {
        return lock.forceRelease();
    }

    @Override
    public String toString()
    {
        return "election '" + Names.shown(name) + "'";
    }
}
