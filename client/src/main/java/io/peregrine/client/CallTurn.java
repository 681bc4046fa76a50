package io.peregrine.client;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets one call at a time work on something, whether it waits for its turn or is begun when that has come. Calls that
 * do not wait come in the order asked, before those that do. Any thread.
 */
final class CallTurn
{
    private Queue<Runnable> next;
    private boolean isTaken;

    /**
     * @return false if another has the turn.
     */
    synchronized boolean tryTake()
    {
        final boolean isFree = !isTaken;
        isTaken = true;
        return isFree;
    }

    /**
     * Wait for the turn.
     *
     * @param timeoutNs how long at most.
     */
    synchronized void take(final long timeoutNs)
    {
        final long startNs = System.nanoTime();
        for (long leftNs = timeoutNs; isTaken; leftNs = timeoutNs - (System.nanoTime() - startNs))
        {
            if (leftNs <= 0)
            {
                throw Errors.timeoutBefore(timeoutNs);
            }
            try
            {
                wait(leftNs / 1_000_000, (int) Math.max(1, leftNs % 1_000_000));
            }
            catch (final InterruptedException ex)
            {
                notify();
                Thread.currentThread().interrupt();
                throw Errors.interruptedBefore();
            }
        }
        isTaken = true;
    }

    /**
     * Have a call begun when its turn has come, now or by whoever gives the turn back.
     *
     * @param call that must not wait.
     */
    void whenTaken(final Runnable call)
    {
        if (!tryTake(call))
        {
            return;
        }
        call.run();
    }

    private synchronized boolean tryTake(final Runnable orElseNext)
    {
        if (tryTake())
        {
            return true;
        }
        next = next == null ? new ArrayDeque<>() : next;
        next.add(orElseNext);
        return false;
    }

    /**
     * Give the turn back, or to the next.
     */
    void give()
    {
        final Runnable call = takeNext();
        if (call != null)
        {
            call.run();
        }
    }

    private synchronized Runnable takeNext()
    {
        final Runnable call = next == null ? null : next.poll();
        if (call == null)
        {
            next = null;
            isTaken = false;
            notify();
        }
        return call;
    }
}
