package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A lock that is held by this process, or was. The grid is asked about it by one call at a time, blocking or not, whose
 * turn it is; no monitor is held meanwhile. How long it is held yet is read without waiting.
 */
final class Lease implements LockLease
{
    private static final long NEVER = Long.MAX_VALUE;
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * Whose it is to ask the grid.
     */
    final CallTurn turn = new CallTurn();
    final LeaseTerm term;
    private final LockCalls calls;
    private final List<Consumer<LockLease>> listeners = new ArrayList<>();
    private volatile boolean isRenewed;

    /**
     * @param askedNs when the lease was asked for.
     */
    Lease(final LockCalls calls, final LockTerms terms, final long fence, final long askedNs)
    {
        this(calls, new LeaseTerm(calls.lock, terms.holder(), fence, terms.lease(), askedNs));
        calls.grid().leases().add(this);
    }

    private Lease(final LockCalls calls, final LeaseTerm term)
    {
        this.calls = calls;
        this.term = term;
    }

    static Lease adopted(final LockCalls calls, final long holder, final long fence)
    {
        return new Lease(calls, new LeaseTerm(calls.lock, holder, fence, 0, System.nanoTime()));
    }

    /**
     * @return the lease, as the writes of this grid's maps can use it.
     */
    static Lease of(final LockLease lease, final PortGrid grid)
    {
        if (!(Objects.requireNonNull(lease, "lease") instanceof Lease own) || own.calls.grid() != grid)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "the lease is not one of this grid");
        }
        return own;
    }

    LockName lock()
    {
        return calls.lock;
    }

    LockCalls calls()
    {
        return calls;
    }

    @Override
    public String name()
    {
        return calls.lock.text;
    }

    @Override
    public long fence()
    {
        return term.fence();
    }

    @Override
    public long holder()
    {
        return term.holder;
    }

    @Override
    public Duration remaining()
    {
        return Duration.ofNanos(term.remainingNs());
    }

    @Override
    public boolean isHeld()
    {
        return term.remainingNs() > 0;
    }

    boolean isOver()
    {
        return !term.isHeld() || term.remainingNs() == 0 && !isRenewed;
    }

    void checkHeld()
    {
        term.checkHeld();
    }

    @Override
    public void renew(final Duration lease)
    {
        final long leaseNs = Durations.toLease(lease);
        final long timeoutNs = calls.grid().timeoutNs();
        turn.take(timeoutNs);
        try
        {
            renewInTurn(leaseNs, timeoutNs);
        }
        finally
        {
            turn.give();
        }
    }

    private void renewInTurn(final long leaseNs, final long timeoutNs)
    {
        final LeaseTerm.Renewal renewal = beginRenewal(leaseNs);
        endRenewal(renewal, calls.command(LockAction.RENEW, renewal.terms(), timeoutNs));
    }

    /**
     * Does not wait; {@link #endRenewal} follows in the same turn, if the grid answers.
     */
    LeaseTerm.Renewal beginRenewal(final long leaseNs)
    {
        return term.beginRenewal(leaseNs);
    }

    void endRenewal(final LeaseTerm.Renewal renewal, final LockAnswer answer)
    {
        final boolean isAdopted = term.leaseNs() == 0;
        try
        {
            term.endRenewal(renewal, answer);
        }
        finally
        {
            wakeIfLost();
        }
        if (isAdopted)
        {
            calls.grid().leases().add(this);
            watchIfHeardOf();
        }
    }

    private void wakeIfLost()
    {
        if (term.isLost())
        {
            calls.grid().leases().wake();
        }
    }

    /**
     * A write with a fence was refused for it: the next renewal gives a higher one. Does not wait.
     */
    void onRefused(final long refused)
    {
        if (term.onRefused(refused))
        {
            calls.grid().leases().wake();
        }
    }

    /**
     * A write with a fence was refused for it: renew the lease with a higher one at once, unless that was done. What
     * was lost is known to be so then.
     *
     * @param by who asks the grid.
     * @return whether there is a higher one.
     */
    boolean refresh(final BlockingCalls by, final long refused)
    {
        onRefused(refused);
        boolean isTaken = false;
        try
        {
            turn.take(calls.grid().timeoutNs());
            isTaken = true;
            return refreshInTurn(by);
        }
        catch (final GridException ex)
        {
            return false;
        }
        finally
        {
            if (isTaken)
            {
                turn.give();
            }
        }
    }

    private boolean refreshInTurn(final BlockingCalls by)
    {
        if (!term.isHeld() || !term.isStale())
        {
            return term.isHeld();
        }
        if (term.leaseNs() == 0)
        {
            return false;
        }
        final LeaseTerm.Renewal renewal = beginRenewal(term.leaseNs());
        endRenewal(renewal, by.lock(calls.lock, LockAction.RENEW, renewal.terms()));
        return true;
    }

    @Override
    public void release()
    {
        release(calls.grid().timeoutNs());
    }

    private void release(final long timeoutNs)
    {
        turn.take(timeoutNs);
        try
        {
            endRelease(calls.command(LockAction.RELEASE, beginRelease(), timeoutNs));
        }
        finally
        {
            turn.give();
        }
    }

    /**
     * Does not wait; {@link #endRelease} follows in the same turn, if the grid answers.
     */
    LockTerms beginRelease()
    {
        return term.beginRelease();
    }

    void endRelease(final LockAnswer answer)
    {
        try
        {
            term.endRelease(answer);
        }
        finally
        {
            wakeIfLost();
        }
        calls.grid().leases().remove(this);
    }

    @Override
    public synchronized void onLost(final Consumer<LockLease> listener)
    {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        watchIfHeardOf();
    }

    /**
     * One that was adopted is not lost before it was renewed for the first time: nothing is known of it until then.
     */
    private synchronized void watchIfHeardOf()
    {
        if (!listeners.isEmpty() && (term.leaseNs() > 0 || !term.isHeld()))
        {
            calls.grid().leases().watch(this);
        }
    }

    @Override
    public LockLease renewAutomatically()
    {
        term.checkHeld();
        if (term.leaseNs() == 0)
        {
            throw Errors.failed(
                ErrorCode.ARGUMENT_INVALID, "a lease that was adopted has no length until it is renewed");
        }
        isRenewed = true;
        calls.grid().leases().watch(this);
        return this;
    }

    /**
     * What is due of a lease that is watched. The keeper's thread.
     *
     * @return when something is due next, on the monotonic clock; {@link #NEVER} if nothing will be.
     */
    long work(final long nowNs)
    {
        if (!turn.tryTake())
        {
            return nowNs + BUSY_NS;
        }
        final long nextNs;
        try
        {
            if (isRenewed && term.isDue(nowNs))
            {
                tryRenew();
            }
            nextNs = term.look(isRenewed);
        }
        finally
        {
            turn.give();
        }
        if (term.isHeld())
        {
            return nextNs;
        }
        takeListeners().forEach((listener) -> LeaseKeeper.tell(listener, this));
        return NEVER;
    }

    private synchronized List<Consumer<LockLease>> takeListeners()
    {
        final List<Consumer<LockLease>> told = term.isLost() ? List.copyOf(listeners) : List.of();
        listeners.clear();
        return told;
    }

    private void tryRenew()
    {
        try
        {
            renewInTurn(
                term.leaseNs(), Math.min(calls.grid().timeoutNs(), Math.max(1, term.remainingNs() / 2)));
        }
        catch (final GridException ex)
        {
            term.renewLater();
        }
    }

    @Override
    public void detach()
    {
        term.checkHeld();
        isRenewed = false;
        calls.grid().leases().remove(this);
    }

    @Override
    public void close()
    {
        close(calls.grid().timeoutNs());
    }

    /**
     * Let go, as far as that can be done in this time.
     */
    void close(final long timeoutNs)
    {
        if (!term.isHeld())
        {
            return;
        }
        try
        {
            release(timeoutNs);
        }
        catch (final GridException ex)
        {
            forget();
        }
    }

    /**
     * It is let go of otherwise, if at all.
     */
    void forget()
    {
        term.forget();
        calls.grid().leases().remove(this);
    }

    @Override
    public AsyncLease async()
    {
        return new AsyncTerm(this, calls.grid().asyncLocks());
    }

    @Override
    public String toString()
    {
        return "lease of " + calls.lock.what() + ", fence " + fence() + ", remaining " + remaining();
    }
}
