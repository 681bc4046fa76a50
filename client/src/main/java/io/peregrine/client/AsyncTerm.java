package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Renews a lease, or lets go of it, through the asynchronous lane, each in its turn. Any thread.
 */
final class AsyncTerm implements AsyncLease
{
    private final Lease lease;
    private final AsyncLocks lane;

    AsyncTerm(final Lease lease, final AsyncLocks lane)
    {
        this.lease = lease;
        this.lane = lane;
    }

    @Override
    public CompletionStage<Void> renew(final Duration newLease)
    {
        return new Renewal(Durations.toLease(newLease)).submit();
    }

    @Override
    public CompletionStage<Void> release()
    {
        return new Release().submit();
    }

    /**
     * One call. Made by any thread, then owned by the lane's.
     */
    private abstract class Call
    {
        private final AsyncStage<Void> stage = lane.newStage();

        /**
         * What is to be asked.
         */
        abstract LockTerms begin();

        abstract void end(LockAnswer answer);

        final AsyncStage<Void> submit()
        {
            lane.submit(stage, false, () -> lease.turn.whenTaken(() -> lane.post(this::send)));
            return stage;
        }

        private void send()
        {
            try
            {
                lane.send(new Request(begin()));
            }
            catch (final GridException ex)
            {
                onEnd(ex);
            }
        }

        private void onEnd(final GridException error)
        {
            lease.turn.give();
            lane.onEnd();
            if (error == null)
            {
                stage.complete(null);
            }
            else
            {
                stage.completeExceptionally(error);
            }
        }

        private final class Request extends LockRequest
        {
            Request(final LockTerms terms)
            {
                super(
                    lease.lock(), terms.lease() > 0 ? LockAction.RENEW : LockAction.RELEASE, terms,
                    lease.calls().grid().timeoutNs());
            }

            @Override
            boolean isGivenUp()
            {
                return stage.isDone();
            }

            @Override
            void onAnswer(final LockAnswer answer)
            {
                GridException failure = null;
                try
                {
                    end(answer);
                }
                catch (final GridException ex)
                {
                    failure = ex;
                }
                onEnd(failure);
            }

            @Override
            void onError(final GridException error)
            {
                onEnd(error);
            }
        }
    }

    private final class Renewal extends Call
    {
        private final long leaseNs;
        private LeaseTerm.Renewal renewal;

        Renewal(final long leaseNs)
        {
            this.leaseNs = leaseNs;
        }

        @Override
        LockTerms begin()
        {
            renewal = lease.beginRenewal(leaseNs);
            return renewal.terms();
        }

        @Override
        void end(final LockAnswer answer)
        {
            lease.endRenewal(renewal, answer);
        }
    }

    private final class Release extends Call
    {
        @Override
        LockTerms begin()
        {
            return lease.beginRelease();
        }

        @Override
        void end(final LockAnswer answer)
        {
            lease.endRelease(answer);
        }
    }
}
