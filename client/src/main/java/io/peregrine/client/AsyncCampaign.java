package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One campaign without waiting: in line for the lock, then the name is written with the fence of the term, and the term
 * is handed out. Where the fence is refused, as the store has forgotten the lock among too many, a renewal gives a
 * higher one, once; who has lost the lock meanwhile campaigns anew while there is time. Begun by any thread; goes on in
 * that of the asynchronous lane.
 */
final class AsyncCampaign
{
    private final AsyncElection election;
    private final String candidate;
    private final long waitNs;
    private final long startNs = System.nanoTime();
    private final CompletableFuture<LockLease> first;
    private final CompletableFuture<ElectionTerm> stage;
    private volatile CompletableFuture<LockLease> acquisition;

    AsyncCampaign(final AsyncElection election, final String candidate, final long waitNs)
    {
        this.election = election;
        this.candidate = candidate;
        this.waitNs = waitNs;
        first = acquire(waitNs);
        acquisition = first;
        stage = first.newIncompleteFuture();
    }

    CompletableFuture<ElectionTerm> begin()
    {
        first.whenComplete(this::onAcquired);
        stage.whenComplete((term, error) -> acquisition.cancel(true));
        return stage;
    }

    private CompletableFuture<LockLease> acquire(final long leftNs)
    {
        return election.lock.tryAcquire(election.lease, Duration.ofNanos(leftNs)).toCompletableFuture();
    }

    private void onAcquired(final LockLease lease, final Throwable error)
    {
        if (error != null)
        {
            stage.completeExceptionally(error);
        }
        else if (lease == null)
        {
            stage.complete(null);
        }
        else
        {
            proclaim(lease, true);
        }
    }

    private void proclaim(final LockLease lease, final boolean mayRenew)
    {
        try
        {
            lease.renewAutomatically();
            election.map.fenced(lease).set(election.key, new Elected(lease.holder(), candidate))
                .whenComplete((version, error) -> onProclaimed(lease, mayRenew, error));
        }
        catch (final GridException ex)
        {
            onProclaimed(lease, mayRenew, ex);
        }
    }

    private void onProclaimed(final LockLease lease, final boolean mayRenew, final Throwable error)
    {
        final ErrorCode code = error instanceof FailedException failed ? failed.code() : null;
        if (error == null)
        {
            if (!stage.complete(new ElectionTerm(lease)))
            {
                letGo(lease);
            }
        }
        else if (code == ErrorCode.STALE_FENCE && mayRenew)
        {
            election.async(lease).renew(election.lease).whenComplete((done, failure) -> proclaim(lease, false));
        }
        else
        {
            letGo(lease);
            if (code == ErrorCode.STALE_FENCE || code == ErrorCode.NOT_HOLDER)
            {
                campaignAnew();
            }
            else
            {
                stage.completeExceptionally(error);
            }
        }
    }

    private void campaignAnew()
    {
        final long leftNs = waitNs - (System.nanoTime() - startNs);
        if (leftNs <= 0)
        {
            stage.complete(null);
            return;
        }
        final CompletableFuture<LockLease> next = acquire(leftNs);
        acquisition = next;
        next.whenComplete(this::onAcquired);
        if (stage.isDone())
        {
            next.cancel(true);
        }
    }

    /**
     * Whatever becomes of that, it is not renewed any more.
     */
    private void letGo(final LockLease lease)
    {
        election.async(lease).release().whenComplete((done, failure) -> ((Lease) lease).forget());
    }
}
