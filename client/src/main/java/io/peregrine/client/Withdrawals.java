package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Those who wait no longer and of whom the grid has not heard that yet: it is told again and again until it answers, or
 * the lane ends. Each counts as a call that is under way. The pause between two times is longer where they are many,
 * and few are asked at a time, so that a grid that does not answer leaves room to others. The lane's thread.
 */
final class Withdrawals
{
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long AGAIN_OF_MANY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int SHARE = 16;

    private final Queue<Unheard> unheard = new ArrayDeque<>();
    private final AsyncLocks lane;
    private final PortGrid grid;
    private final int places;
    private int asked;
    private boolean isEnded;

    private record Unheard(LockName lock, long holder, long dueNs)
    {
    }

    /**
     * @param capacity requests that may be without an answer.
     */
    Withdrawals(final AsyncLocks lane, final PortGrid grid, final int capacity)
    {
        this.lane = lane;
        this.grid = grid;
        places = Math.max(1, capacity / SHARE);
    }

    /**
     * What says that nobody waits any more: out of the line, or let go of what was given meanwhile.
     */
    static LockTerms terms(final long holder)
    {
        return new LockTerms(holder, 0, 0, 0, false);
    }

    /**
     * @param error that was the answer to who left; null for none.
     * @return whether the grid is to be told again.
     */
    static boolean isUnheard(final GridException error)
    {
        return error != null && !(error instanceof FailedException) && error.code() != ErrorCode.CLOSED;
    }

    /**
     * Have the grid told, of one that counts as under way from now on.
     */
    void add(final LockName lock, final long holder)
    {
        lane.onBegin();
        addCounted(lock, holder);
    }

    /**
     * The same of one that counts already.
     */
    void addCounted(final LockName lock, final long holder)
    {
        tell(new Unheard(lock, holder, System.nanoTime()));
    }

    private void tell(final Unheard one)
    {
        if (isEnded)
        {
            lane.onEnd();
        }
        else
        {
            unheard.add(one);
        }
    }

    /**
     * @return work done.
     */
    int work(final long nowNs)
    {
        int work = 0;
        while (asked < places && !unheard.isEmpty() && nowNs - unheard.peek().dueNs >= 0 &&
            lane.trySend(new Leave(unheard.peek())))
        {
            unheard.remove();
            asked++;
            work++;
        }
        return work;
    }

    /**
     * The lane ends: nobody can be told any more.
     */
    void end()
    {
        isEnded = true;
        unheard.forEach((one) -> lane.onEnd());
        unheard.clear();
    }

    /**
     * One time that the grid is told.
     */
    private final class Leave extends LockRequest
    {
        Leave(final Unheard one)
        {
            super(one.lock, LockAction.LEAVE, terms(one.holder), grid.timeoutNs());
        }

        @Override
        void onAnswer(final LockAnswer answer)
        {
            asked--;
            lane.onEnd();
        }

        @Override
        void onError(final GridException error)
        {
            asked--;
            if (isUnheard(error))
            {
                final long pauseNs = Math.max(AGAIN_NS, AGAIN_OF_MANY_NS * unheard.size());
                tell(new Unheard(lock, terms.holder(), System.nanoTime() + pauseNs));
            }
            else
            {
                lane.onEnd();
            }
        }
    }
}
