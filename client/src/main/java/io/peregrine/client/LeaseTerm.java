package io.peregrine.client;

/**
 * What is known of a lease: fence, end, and whether it is held. Never waits. Changed under its monitor; what is asked
 * of the grid begins and ends here, one question at a time.
 */
final class LeaseTerm
{
    /**
     * The part of a lease by which the clocks of two machines may differ at its end: as much as the grid allows for.
     */
    private static final int DRIFT_SHARE = 64;
    private static final int RENEWALS = 3;
    private static final int RETRIES = 4;

    private enum State
    {
        HELD, RELEASED, LOST
    }

    final LockName lock;
    final long holder;
    private volatile long leaseNs;
    private long renewAtNs;
    private volatile boolean isStale;
    private volatile long fence;
    private volatile long endNs;
    private volatile State state = State.HELD;
    private volatile Runnable atEnd = () -> { };

    /**
     * @param leaseNs 0 of one that was adopted, whose end is not known.
     * @param askedNs when the lease was asked for.
     */
    LeaseTerm(final LockName lock, final long holder, final long fence, final long leaseNs, final long askedNs)
    {
        this.lock = lock;
        this.holder = holder;
        this.fence = fence;
        this.leaseNs = leaseNs;
        endNs = end(askedNs, leaseNs);
        renewAtNs = askedNs + leaseNs / RENEWALS;
    }

    /**
     * The end that is surely not behind that in the grid.
     */
    private static long end(final long askedNs, final long leaseNs)
    {
        return askedNs + leaseNs - leaseNs / DRIFT_SHARE;
    }

    long fence()
    {
        return fence;
    }

    /**
     * @return nanoseconds; 0 while nothing is known of the lease, as it was adopted and not renewed yet.
     */
    long leaseNs()
    {
        return leaseNs;
    }

    boolean isHeld()
    {
        return state == State.HELD;
    }

    boolean isLost()
    {
        return state == State.LOST;
    }

    boolean isStale()
    {
        return isStale;
    }

    long remainingNs()
    {
        return state == State.HELD ? Math.max(0, endNs - System.nanoTime()) : 0;
    }

    /**
     * Refuse what is done in the name of a lease that was released, or is known to be lost.
     */
    void checkHeld()
    {
        if (state != State.HELD)
        {
            throw Errors.notHolder(lock);
        }
    }

    /**
     * From now on the time of the lease counts as the shorter of both. {@link #endRenewal} follows, if the grid
     * answers.
     */
    synchronized Renewal beginRenewal(final long newLeaseNs)
    {
        checkHeld();
        final long askedNs = System.nanoTime();
        final long newEndNs = end(askedNs, newLeaseNs);
        if (newEndNs - endNs < 0)
        {
            endNs = newEndNs;
        }
        return new Renewal(new LockTerms(holder, fence, newLeaseNs, 0, isStale), askedNs);
    }

    synchronized void endRenewal(final Renewal renewal, final LockAnswer answer)
    {
        check(answer);
        fence = answer.fence();
        isStale = false;
        leaseNs = renewal.terms.lease();
        endNs = end(renewal.askedNs, leaseNs);
        renewAtNs = renewal.askedNs + leaseNs / RENEWALS;
    }

    /**
     * {@link #endRelease} follows, if the grid answers.
     */
    synchronized LockTerms beginRelease()
    {
        checkHeld();
        return new LockTerms(holder, fence, 0, 0, false);
    }

    synchronized void endRelease(final LockAnswer answer)
    {
        check(answer);
        forget();
    }

    private void check(final LockAnswer answer)
    {
        if (!answer.isDone())
        {
            end(State.LOST);
            throw Errors.notHolder(lock);
        }
    }

    /**
     * It is held no longer, as far as this process has a say.
     */
    synchronized void forget()
    {
        end(State.RELEASED);
    }

    private void end(final State how)
    {
        if (state == State.HELD)
        {
            state = how;
            atEnd.run();
        }
    }

    /**
     * Have something done when it is released or known to be lost, once. Not where that was so before: look after this.
     *
     * @param task short, never waits; run by any thread, under this monitor.
     */
    void onEnd(final Runnable task)
    {
        atEnd = task;
    }

    /**
     * A write was refused for this fence: the next renewal asks for a higher one.
     *
     * @return whether it is the fence that the lease has.
     */
    synchronized boolean onRefused(final long refused)
    {
        isStale |= refused == fence;
        return refused == fence;
    }

    /**
     * @return whether a lease that is renewed automatically is to be renewed now.
     */
    synchronized boolean isDue(final long nowNs)
    {
        return state == State.HELD && (isStale || nowNs - renewAtNs >= 0) && endNs - nowNs > 0;
    }

    /**
     * It could not be renewed.
     */
    synchronized void renewLater()
    {
        renewAtNs = System.nanoTime() + Math.max(0, endNs - System.nanoTime()) / RETRIES;
    }

    /**
     * It is lost if its time is over.
     *
     * @return when there is something to be done next, of one that is held.
     */
    synchronized long look(final boolean isRenewed)
    {
        if (endNs - System.nanoTime() <= 0)
        {
            end(State.LOST);
        }
        return isRenewed && renewAtNs - endNs < 0 ? renewAtNs : endNs;
    }

    /**
     * What was asked to begin the lease anew.
     *
     * @param terms   of the request.
     * @param askedNs when.
     */
    record Renewal(LockTerms terms, long askedNs)
    {
    }
}
