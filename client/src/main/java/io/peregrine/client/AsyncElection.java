package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@link PortElection} over the asynchronous lock and map. Any thread.
 */
final class AsyncElection implements AsyncGridElection
{
    final String key;
    final AsyncGridLock lock;
    final AsyncGridMap<String, Elected> map;
    final Duration lease;
    private final AsyncLocks lane;

    AsyncElection(
        final String key,
        final AsyncGridLock lock,
        final AsyncGridMap<String, Elected> map,
        final Duration lease,
        final AsyncLocks lane)
    {
        this.lane = lane;
        this.key = key;
        this.lock = lock;
        this.map = map;
        this.lease = lease;
    }

    /**
     * A lease that was given here, also where the grid is closed.
     */
    AsyncLease async(final LockLease given)
    {
        return new AsyncTerm((Lease) given, lane);
    }

    @Override
    public CompletionStage<ElectionTerm> campaign(final String candidate)
    {
        return new AsyncCampaign(this, Names.check(candidate), Durations.MAX).begin();
    }

    @Override
    public CompletionStage<ElectionTerm> campaign(final String candidate, final Duration wait)
    {
        return new AsyncCampaign(this, Names.check(candidate), Durations.toWait(wait)).begin();
    }

    @Override
    public CompletionStage<Void> resign(final ElectionTerm term)
    {
        return term.lease().async().release();
    }

    @Override
    public CompletionStage<ElectionLeader> leader()
    {
        return leader(PortElection.LOOKS);
    }

    private CompletionStage<ElectionLeader> leader(final int looks)
    {
        return looks == 0 ? CompletableFuture.completedFuture(null) : lock.show().thenCompose((info) ->
            info.held() ? leader(looks, info) : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<ElectionLeader> leader(final int looks, final LockInfo info)
    {
        return map.get(key).thenCompose((elected) -> elected == null || elected.holder() != info.holder() ?
            leader(looks - 1) : CompletableFuture.completedFuture(
                new ElectionLeader(elected.candidate(), info.fence(), info.remaining())));
    }

    @Override
    public CompletionStage<Boolean> depose()
    {
        return lock.forceRelease();
    }
}
