package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import java.util.function.Function;

/**
 * One who acquires a lock, permits, or an open latch without waiting: {@link LockCalls}, turned inside out.
 * <pre>
 *   ASKING   ACQUIRE is on its way            DONE: given
 *   IN_LINE  looked for by {@link WaitLines}  DONE: given, or RENEWING where the look was asked long ago
 *   RENEWING RENEW is on its way              DONE: given
 *   LEAVING  LEAVE is on its way              ended, or ASKING again while there is time
 * </pre>
 * Made by any thread, then owned by the lane's.
 */
final class AsyncAcquire<T>
{
    private enum State
    {
        ASKING, IN_LINE, RENEWING, LEAVING, ENDED
    }

    final LockName lock;
    final long deadlineNs;
    /**
     * Whether it leaves the line at its deadline.
     */
    final boolean isTimed;
    private final AsyncLocks lane;
    private final LockCalls calls;
    private final int permits;
    private final long leaseNs;
    private final long waitNs;
    private final Function<Lease, T> result;
    private final AsyncStage<T> stage;
    private LockTerms terms;
    private LockRequest request;
    private GridException whyLeft;
    private long ticket;
    private volatile State state = State.ASKING;

    /**
     * @param result makes it of the lease, null where none was given.
     */
    AsyncAcquire(
        final AsyncLocks lane,
        final LockCalls calls,
        final int permits,
        final long leaseNs,
        final long waitNs,
        final Function<Lease, T> result)
    {
        this.lane = lane;
        this.calls = calls;
        this.permits = permits;
        this.leaseNs = leaseNs;
        this.waitNs = waitNs;
        this.result = result;
        lock = calls.lock;
        isTimed = waitNs < Durations.MAX;
        deadlineNs = System.nanoTime() + waitNs;
        stage = lane.newStage();
    }

    /**
     * Have it begun. Any thread.
     */
    AsyncStage<T> submit()
    {
        lane.submit(stage, true, () ->
        {
            lane.post(() -> ask(waitNs));
            stage.whenComplete((given, error) -> onCompleted());
        });
        return stage;
    }

    /**
     * Where somebody else has completed the stage. Any thread.
     */
    private void onCompleted()
    {
        if (state != State.ENDED)
        {
            lane.post(this::withdraw);
        }
    }

    private void withdraw()
    {
        if (state == State.IN_LINE)
        {
            lane.lines().remove(this);
        }
        if (state == State.IN_LINE || state == State.RENEWING || state == State.ASKING && request.id != 0)
        {
            leave(null);
        }
    }

    long holder()
    {
        return terms.holder();
    }

    /**
     * Place in the line of the grid.
     */
    long ticket()
    {
        return ticket;
    }

    private void ask(final long leftNs)
    {
        state = State.ASKING;
        terms = LockTerms.newHolder(leaseNs, leftNs, permits);
        send(LockAction.ACQUIRE, terms);
    }

    private void send(final LockAction action, final LockTerms with)
    {
        request = new Command(action, with);
        lane.send(request);
    }

    private void onAnswer(final LockRequest of, final LockAnswer answer)
    {
        switch (state)
        {
            case ASKING:
                onAsked(answer, of.sentNs);
                break;
            case RENEWING:
                if (answer.isDone())
                {
                    give(new Lease(calls, of.terms, answer.fence(), of.sentNs));
                }
                else
                {
                    leave(null);
                }
                break;
            default:
                onLeft(null);
                break;
        }
    }

    private void onAsked(final LockAnswer answer, final long askedNs)
    {
        switch (answer.status())
        {
            case DONE:
                give(calls.lease(terms, answer.fence(), askedNs));
                break;
            case QUEUED:
                state = State.IN_LINE;
                ticket = answer.fence();
                lane.lines().add(this);
                break;
            case QUEUE_FULL:
                fail(Errors.queueFull(lock));
                break;
            case OTHER_TOTAL:
                fail(Errors.otherTotal(lock, answer.fence()));
                break;
            default:
                end(null);
                break;
        }
    }

    private void onError(final GridException error)
    {
        if (state == State.LEAVING)
        {
            onLeft(error);
        }
        else if (state == State.ASKING && !(error instanceof OutcomeUnknownException))
        {
            fail(error);
        }
        else
        {
            leave(error);
        }
    }

    /**
     * A look has found that it has what it waited for; it is out of the line here.
     */
    void onGiven(final LockAnswer answer, final long askedNs)
    {
        final Lease lease = calls.given(terms, answer, askedNs);
        if (lease != null)
        {
            give(lease);
        }
        else
        {
            state = State.RENEWING;
            send(LockAction.RENEW, calls.held(terms, answer));
        }
    }

    /**
     * Its time in line is over, or it waits no longer in the grid's line; it is out of the line here.
     */
    void onPassedOver()
    {
        leave(null);
    }

    /**
     * It cannot be waited for; it is out of the line here.
     */
    void onFailed(final GridException error)
    {
        leave(error);
    }

    /**
     * @param why it does not go on; null if the time says whether.
     */
    private void leave(final GridException why)
    {
        state = State.LEAVING;
        whyLeft = why;
        send(LockAction.LEAVE, Withdrawals.terms(terms.holder()));
    }

    /**
     * @param error null if the grid has heard that it left; else it is told on, whatever comes of this.
     */
    private void onLeft(final GridException error)
    {
        if (Withdrawals.isUnheard(error))
        {
            lane.withdrawals().add(lock, terms.holder());
        }
        final GridException why = whyLeft;
        final long leftNs = deadlineNs - System.nanoTime();
        if (why != null)
        {
            fail(error == null ? Errors.waitEnded(lock, why.code()) : why);
        }
        else if (leftNs > 0 && !stage.isDone())
        {
            ask(leftNs);
        }
        else
        {
            end(null);
        }
    }

    private void give(final Lease lease)
    {
        if (stage.isDone())
        {
            lease.forget();
            leave(null);
        }
        else if (lock.kind != LockKind.LATCH && calls.grid().leases().isEnding())
        {
            lease.forget();
            lane.withdrawals().add(lock, terms.holder());
            fail(Errors.closedWhileWaiting());
        }
        else if (!end(lease))
        {
            lease.forget();
            lane.withdrawals().add(lock, terms.holder());
        }
    }

    /**
     * @return false if nobody is there to take it.
     */
    private boolean end(final Lease lease)
    {
        state = State.ENDED;
        lane.onEnd();
        return stage.complete(result.apply(lease));
    }

    private void fail(final GridException error)
    {
        state = State.ENDED;
        lane.onEnd();
        stage.completeExceptionally(error);
    }

    /**
     * A command of it, unless another has taken its place since.
     */
    private final class Command extends LockRequest
    {
        Command(final LockAction action, final LockTerms terms)
        {
            super(AsyncAcquire.this.lock, action, terms, calls.grid().timeoutNs());
        }

        @Override
        boolean isGivenUp()
        {
            return action == LockAction.ACQUIRE && stage.isDone();
        }

        @Override
        void onAnswer(final LockAnswer answer)
        {
            if (this == request && state != State.ENDED)
            {
                AsyncAcquire.this.onAnswer(this, answer);
            }
        }

        @Override
        void onError(final GridException error)
        {
            if (this == request && state != State.ENDED)
            {
                AsyncAcquire.this.onError(error);
            }
        }
    }
}
