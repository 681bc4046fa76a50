package io.peregrine.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Permits as a lease holds them. Any thread.
 *
 * @param lease   of them.
 * @param permits how many.
 */
record HeldPermits(Lease lease, int permits) implements PermitLease
{
    @Override
    public String name()
    {
        return lease.name();
    }

    @Override
    public long fence()
    {
        return lease.fence();
    }

    @Override
    public long holder()
    {
        return lease.holder();
    }

    @Override
    public Duration remaining()
    {
        return lease.remaining();
    }

    @Override
    public boolean isHeld()
    {
        return lease.isHeld();
    }

    @Override
    public void renew(final Duration newLease)
    {
        lease.renew(newLease);
    }

    @Override
    public void release()
    {
        lease.release();
    }

    @Override
    public void onLost(final Consumer<PermitLease> listener)
    {
        lease.onLost((lost) -> listener.accept(this));
    }

    @Override
    public PermitLease renewAutomatically()
    {
        lease.renewAutomatically();
        return this;
    }

    @Override
    public void detach()
    {
        lease.detach();
    }

    @Override
    public AsyncLease async()
    {
        return lease.async();
    }

    @Override
    public void close()
    {
        lease.close();
    }

    @Override
    public String toString()
    {
        return permits + " permits, " + lease;
    }
}
