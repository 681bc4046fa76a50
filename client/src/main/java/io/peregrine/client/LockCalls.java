package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out what is asked of one lock, semaphore or latch, on the calling thread.
 * <pre>
 *   ACQUIRE  -> DONE                                  held
 *            -> QUEUED, look and be woken             DONE: held, where the look was asked lately; else RENEW, so
 *                                                     that the time of the lease is known from a question that was
 *                                                     just asked; then it is held
 *   anything that ends the waiting otherwise          LEAVE: out of the line, or let go of what was given meanwhile
 * </pre>
 * Of a latch nothing is held: to acquire it is to wait until it is open.
 */
final class LockCalls
{
    /**
     * For how long a look is held back at most before it is asked again, so that a waking that was lost on the way
     * costs no more than that.
     */
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(5);

    /**
     * A lease of which a larger part may be over is renewed before it is given to the caller.
     */
    private static final int LATELY = 8;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    final LockName lock;
    private final PortGrid grid;

    LockCalls(final PortGrid grid, final LockName lock)
    {
        this.grid = grid;
        this.lock = lock;
    }

    PortGrid grid()
    {
        return grid;
    }

    /**
     * @return null if the lock was not given in the time to wait.
     */
    Lease acquire(final long leaseNs, final long waitNs)
    {
        return acquire(0, leaseNs, waitNs);
    }

    /**
     * @return null if the permits were not given in the time to wait.
     */
    Lease acquire(final int permits, final long leaseNs, final long waitNs)
    {
        final Lease lease = acquireInTime(permits, leaseNs, waitNs);
        if (lease != null && lock.kind != LockKind.LATCH && grid.leases().isEnding())
        {
            lease.close();
            throw Errors.closedWhileWaiting();
        }
        return lease;
    }

    private Lease acquireInTime(final int permits, final long leaseNs, final long waitNs)
    {
        final long startNs = System.nanoTime();
        long leftNs = waitNs;
        do
        {
            final LockTerms terms = LockTerms.newHolder(leaseNs, leftNs, permits);
            final long askedNs = System.nanoTime();
            final LockAnswer answer = ask(terms);
            if (answer.isDone())
            {
                return lease(terms, answer.fence(), askedNs);
            }
            if (answer.status() == LockStatus.QUEUE_FULL)
            {
                throw Errors.queueFull(lock);
            }
            if (answer.status() != LockStatus.QUEUED)
            {
                return null;
            }
            final Lease lease = stayInLine(terms, startNs + waitNs);
            if (lease != null)
            {
                return lease;
            }
            leftNs = startNs + waitNs - System.nanoTime();
        }
        while (leftNs > 0);
        return null;
    }

    private LockAnswer ask(final LockTerms terms)
    {
        try
        {
            return checked(command(LockAction.ACQUIRE, terms, grid.timeoutNs()));
        }
        catch (final OutcomeUnknownException ex)
        {
            throw leave(terms) ? Errors.waitEnded(lock, ex.code()) : ex;
        }
    }

    /**
     * @return the answer, unless it is that it was named with another number before.
     */
    LockAnswer checked(final LockAnswer answer)
    {
        if (answer.status() == LockStatus.OTHER_TOTAL)
        {
            throw Errors.otherTotal(lock, answer.fence());
        }
        return answer;
    }

    Lease lease(final LockTerms terms, final long fence, final long askedNs)
    {
        return lock.kind == LockKind.LATCH ?
            Lease.adopted(this, terms.holder(), fence) : new Lease(this, terms, fence, askedNs);
    }

    private Lease stayInLine(final LockTerms terms, final long deadlineNs)
    {
        final Lease lease;
        try
        {
            lease = awaitTurn(terms, deadlineNs);
        }
        catch (final GridException ex)
        {
            throw leave(terms) ? Errors.waitEnded(lock, ex.code()) : ex;
        }
        if (lease == null)
        {
            leave(terms);
        }
        return lease;
    }

    /**
     * @return null if the time is over, or who waited was taken out of the line.
     */
    private Lease awaitTurn(final LockTerms terms, final long deadlineNs)
    {
        long heardNs = System.nanoTime();
        for (long leftNs = deadlineNs - heardNs; leftNs > 0; leftNs = deadlineNs - System.nanoTime())
        {
            final long askedNs = System.nanoTime();
            final LockAnswer answer = look(terms.holder(), Math.min(leftNs, LOOK_NS), heardNs);
            if (answer != null && answer.isDone())
            {
                return givenOrRenewed(terms, answer, askedNs);
            }
            if (answer != null && answer.status() != LockStatus.QUEUED)
            {
                return null;
            }
            heardNs = answer == null ? heardNs : System.nanoTime();
        }
        return null;
    }

    /**
     * @param answer  of a look: what remained when it was answered, or less.
     * @param askedNs when that was asked.
     * @return null if it was lost meanwhile.
     */
    private Lease givenOrRenewed(final LockTerms terms, final LockAnswer answer, final long askedNs)
    {
        final Lease lease = given(terms, answer, askedNs);
        if (lease != null)
        {
            return lease;
        }
        final LockTerms held = held(terms, answer);
        final long renewedNs = System.nanoTime();
        return command(LockAction.RENEW, held, grid.timeoutNs()).isDone() ?
            new Lease(this, held, held.fence(), renewedNs) : null;
    }

    /**
     * @return null if the look was asked too long ago: then the lease is to be renewed, by {@link #held}.
     */
    Lease given(final LockTerms terms, final LockAnswer answer, final long askedNs)
    {
        final LockTerms held = held(terms, answer);
        final long goneNs = held.lease() - answer.remaining();
        final boolean isLate = goneNs + System.nanoTime() - askedNs > held.lease() / LATELY;
        return isLate && lock.kind != LockKind.LATCH ? null : lease(held, held.fence(), askedNs - goneNs);
    }

    /**
     * @return the terms of one who was given what it waited for.
     */
    LockTerms held(final LockTerms terms, final LockAnswer answer)
    {
        return new LockTerms(terms.holder(), answer.fence(), terms.lease(), 0, false);
    }

    /**
     * Wait to be woken.
     *
     * @param heardNs when the grid was last known to be there.
     * @return null if it may not be there any more.
     */
    private LockAnswer look(final long holder, final long timeoutNs, final long heardNs)
    {
        try
        {
            return ask(timeoutNs, (calls) -> calls.look(lock, holder, true));
        }
        catch (final GridException ex)
        {
            final boolean isRefused = ex instanceof RefusedException && ex.code() != ErrorCode.INTERRUPTED;
            if (ex.code() == ErrorCode.TIMEOUT && grid.isConnected())
            {
                return LockAnswer.STILL_IN_LINE;
            }
            if (!isRefused && ex.code() != ErrorCode.TIMEOUT || System.nanoTime() - heardNs > grid.timeoutNs())
            {
                throw ex;
            }
            LockSupport.parkNanos(this, PAUSE_NS);
            return null;
        }
    }

    /**
     * Nobody waits for the lock any more: neither is it to be given, nor to stay with whom it was given meanwhile.
     *
     * @return false if that was not heard in time: then the grid is told on without this thread.
     */
    private boolean leave(final LockTerms terms)
    {
        final boolean isInterrupted = Thread.interrupted();
        try
        {
            command(LockAction.LEAVE, Withdrawals.terms(terms.holder()), grid.timeoutNs());
            return true;
        }
        catch (final GridException ex)
        {
            if (Withdrawals.isUnheard(ex))
            {
                tellOn(terms.holder());
            }
            return false;
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tellOn(final long holder)
    {
        try
        {
            grid.asyncLocks().withdraw(lock, holder);
        }
        catch (final GridException ex)
        {
            // There is no lane for it, or the grid is closed: it ends with the session or the lease.
        }
    }

    LockAnswer command(final LockAction action, final LockTerms terms, final long timeoutNs)
    {
        return ask(timeoutNs, (calls) -> calls.lock(lock, action, terms));
    }

    LockAnswer show()
    {
        return ask(grid.timeoutNs(), (calls) -> calls.look(lock, 0, false));
    }

    private LockAnswer ask(final long timeoutNs, final Question question)
    {
        final Caller caller = grid.caller().within(timeoutNs);
        caller.enter();
        try
        {
            return question.ask(caller.calls());
        }
        finally
        {
            caller.exit();
        }
    }

    /**
     * One request and its answer.
     */
    private interface Question
    {
        LockAnswer ask(BlockingCalls calls);
    }
}
