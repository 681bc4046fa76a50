package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A lock that is held by this process, or was. Changed under its monitor, by one call at a time; how long it is held
 * yet is read without it.
 */
final class Lease implements LockLease
{
    /**
     * The part of a lease by which the clocks of two machines may differ at its end: as much as the grid allows for.
     */
    private static final int DRIFT_SHARE = 64;
    private static final int RENEWALS = 3;
    private static final int RETRIES = 4;
    private static final long NEVER = Long.MAX_VALUE;

    private enum State
    {
        HELD, RELEASED, LOST
    }

    private final LockCalls calls;
    private final long holder;
    private final List<Consumer<LockLease>> listeners = new ArrayList<>();
    private long leaseNs;
    private long renewAtNs;
    private boolean isRenewed;
    private volatile boolean isStale;
    private volatile long fence;
    private volatile long endNs;
    private volatile State state = State.HELD;

    /**
     * @param askedNs when the lease was asked for.
     */
    Lease(final LockCalls calls, final LockTerms terms, final long fence, final long askedNs)
    {
        this(calls, terms.holder(), fence);
        leaseNs = terms.lease();
        endNs = end(askedNs, leaseNs);
        renewAtNs = askedNs + leaseNs / RENEWALS;
        calls.grid().leases().add(this);
    }

    private Lease(final LockCalls calls, final long holder, final long fence)
    {
        this.calls = calls;
        this.holder = holder;
        this.fence = fence;
        endNs = System.nanoTime();
    }

    static Lease adopted(final LockCalls calls, final long holder, final long fence)
    {
        return new Lease(calls, holder, fence);
    }

    /**
     * The end that is surely not behind that in the grid.
     */
    static long end(final long askedNs, final long leaseNs)
    {
        return askedNs + leaseNs - leaseNs / DRIFT_SHARE;
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

    @Override
    public String name()
    {
        return calls.lock.text;
    }

    @Override
    public long fence()
    {
        return fence;
    }

    @Override
    public long holder()
    {
        return holder;
    }

    @Override
    public Duration remaining()
    {
        return Duration.ofNanos(remainingNs());
    }

    @Override
    public boolean isHeld()
    {
        return remainingNs() > 0;
    }

    private long remainingNs()
    {
        return state == State.HELD ? Math.max(0, endNs - System.nanoTime()) : 0;
    }

    boolean isOver()
    {
        return state != State.HELD || remainingNs() == 0 && !isRenewed;
    }

    @Override
    public void renew(final Duration lease)
    {
        renew(Durations.toLease(lease), calls.grid().timeoutNs());
    }

    private void renew(final long newLeaseNs, final long timeoutNs)
    {
        renew(newLeaseNs, (terms) -> calls.command(LockAction.RENEW, terms, timeoutNs));
    }

    private synchronized void renew(final long newLeaseNs, final Function<LockTerms, LockAnswer> grid)
    {
        checkHeld();
        final long askedNs = System.nanoTime();
        final long newEndNs = end(askedNs, newLeaseNs);
        if (newEndNs - endNs < 0)
        {
            endNs = newEndNs;
        }
        final LockAnswer answer = grid.apply(new LockTerms(holder, fence, newLeaseNs, 0, isStale));
        if (!answer.isDone())
        {
            lose();
            throw Errors.notHolder(calls.lock);
        }
        final boolean isAdopted = leaseNs == 0;
        fence = answer.fence();
        isStale = false;
        leaseNs = newLeaseNs;
        endNs = newEndNs;
        renewAtNs = askedNs + newLeaseNs / RENEWALS;
        if (isAdopted)
        {
            calls.grid().leases().add(this);
            watchIfHeardOf();
        }
    }

    /**
     * A write with a fence was refused for it: the next renewal gives a higher one. Does not wait.
     */
    void onRefused(final long refused)
    {
        if (refused == fence)
        {
            isStale = true;
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
    synchronized boolean refresh(final BlockingCalls by, final long refused)
    {
        onRefused(refused);
        if (state != State.HELD || !isStale)
        {
            return state == State.HELD;
        }
        if (leaseNs == 0)
        {
            return false;
        }
        try
        {
            renew(leaseNs, (terms) -> by.lock(calls.lock, LockAction.RENEW, terms));
            return true;
        }
        catch (final GridException ex)
        {
            return false;
        }
    }

    @Override
    public void release()
    {
        release(calls.grid().timeoutNs());
    }

    synchronized void release(final long timeoutNs)
    {
        checkHeld();
        final LockTerms terms = new LockTerms(holder, fence, 0, 0, false);
        if (!calls.command(LockAction.RELEASE, terms, timeoutNs).isDone())
        {
            lose();
            throw Errors.notHolder(calls.lock);
        }
        state = State.RELEASED;
        calls.grid().leases().remove(this);
    }

    /**
     * Refuse what is done in the name of a lease that was released, or is known to be lost.
     */
    void checkHeld()
    {
        if (state != State.HELD)
        {
            throw Errors.notHolder(calls.lock);
        }
    }

    private void lose()
    {
        state = State.LOST;
        calls.grid().leases().wake();
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
    private void watchIfHeardOf()
    {
        if (!listeners.isEmpty() && (leaseNs > 0 || state != State.HELD))
        {
            calls.grid().leases().watch(this);
        }
    }

    @Override
    public synchronized LockLease renewAutomatically()
    {
        checkHeld();
        if (leaseNs == 0)
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
        final List<Consumer<LockLease>> told;
        synchronized (this)
        {
            if (state == State.HELD && isRenewed && (isStale || nowNs - renewAtNs >= 0) && endNs - nowNs > 0)
            {
                tryRenew();
            }
            if (state == State.HELD && endNs - System.nanoTime() <= 0)
            {
                state = State.LOST;
            }
            if (state == State.HELD)
            {
                return isRenewed && renewAtNs - endNs < 0 ? renewAtNs : endNs;
            }
            told = state == State.LOST ? List.copyOf(listeners) : List.of();
            listeners.clear();
        }
        told.forEach((listener) -> LeaseKeeper.tell(listener, this));
        return NEVER;
    }

    private void tryRenew()
    {
        final long leftNs = endNs - System.nanoTime();
        try
        {
            renew(leaseNs, Math.min(calls.grid().timeoutNs(), Math.max(1, leftNs / 2)));
        }
        catch (final GridException ex)
        {
            renewAtNs = System.nanoTime() + Math.max(0, endNs - System.nanoTime()) / RETRIES;
        }
    }

    @Override
    public synchronized void detach()
    {
        checkHeld();
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
    synchronized void close(final long timeoutNs)
    {
        if (state != State.HELD)
        {
            return;
        }
        try
        {
            release(timeoutNs);
        }
        catch (final GridException ex)
        {
            state = state == State.HELD ? State.RELEASED : state;
            calls.grid().leases().remove(this);
        }
    }

    @Override
    public String toString()
    {
        return "lease of " + calls.lock.what() + ", fence " + fence + ", remaining " + remaining();
    }
}
