package io.peregrine.client;

import io.peregrine.client.codec.LockKind;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Looks for those who wait without a thread, one look for each line.
 * <p>
 * The answer to a look is held back by the grid while the one looked for waits. Requests without an answer are limited,
 * and ids of requests go round in that limit, so an answer that is held back would stop all others in the end: even
 * what would end the waiting. Therefore a quarter of the limit is used for such looks, and one is asked again, which
 * has the former answered, when half of the limit has gone round since; also where nobody waits for the answer any
 * more, as long as it has not come. Lines beyond that are looked at now and then, less often where they are many. The
 * lane's thread.
 */
final class WaitLines
{
    /**
     * After how long a look that is held back is asked again, so that a waking that was lost on the way
     * costs no more than that.
     */
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long AGAIN_OF_MANY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 4;

    private final Map<Key, WaitLine> lines = new HashMap<>();
    private final NavigableSet<WaitLine> due = new TreeSet<>();
    private final NavigableSet<AsyncAcquire<?>> timed = new TreeSet<>(WaitLines::byDeadline);
    private final Queue<Look> heldBack = new ArrayDeque<>();
    private final AsyncLocks lane;
    private final PortGrid grid;
    private final InFlight inFlight;
    private final int places;
    private int held;
    private int asked;
    private long sweptNs = System.nanoTime();
    private long serial;
    private boolean isWithdrawn;

    private record Key(LockKind kind, String name)
    {
        static Key of(final LockName lock)
        {
            return new Key(lock.kind, lock.text);
        }
    }

    WaitLines(final AsyncLocks lane, final PortGrid grid, final InFlight inFlight)
    {
        this.lane = lane;
        this.grid = grid;
        this.inFlight = inFlight;
        places = inFlight.capacity() / SHARE;
    }

    private static int byDeadline(final AsyncAcquire<?> one, final AsyncAcquire<?> other)
    {
        final int order = Long.signum(one.deadlineNs - other.deadlineNs);
        return order != 0 ? order : Long.compare(one.holder(), other.holder());
    }

    /**
     * One waits in line from now on.
     */
    void add(final AsyncAcquire<?> waiter)
    {
        if (isWithdrawn)
        {
            waiter.onFailed(Errors.closedWhileWaiting());
            return;
        }
        final long nowNs = System.nanoTime();
        final WaitLine line = lines.computeIfAbsent(Key.of(waiter.lock), (key) -> new WaitLine(++serial, nowNs));
        line.heardNs = nowNs;
        line.waiters.add(waiter);
        if (waiter.isTimed)
        {
            timed.add(waiter);
        }
        if (line.waiters.first() == waiter)
        {
            lookAt(line, nowNs);
        }
    }

    /**
     * One who is in line waits no longer.
     */
    void remove(final AsyncAcquire<?> waiter)
    {
        final Key key = Key.of(waiter.lock);
        final WaitLine line = lines.get(key);
        final boolean wasFirst = line.waiters.first() == waiter;
        line.waiters.remove(waiter);
        timed.remove(waiter);
        if (line.waiters.isEmpty())
        {
            due.remove(line);
            line.look = null;
            lines.remove(key);
        }
        else if (wasFirst)
        {
            lookAt(line, System.nanoTime());
        }
    }

    private void lookAt(final WaitLine line, final long atNs)
    {
        due.remove(line);
        line.look = null;
        line.dueNs = atNs;
        due.add(line);
    }

    /**
     * @return work done.
     */
    int work(final long nowNs)
    {
        int work = 0;
        while (!timed.isEmpty() && nowNs - timed.first().deadlineNs >= 0)
        {
            final AsyncAcquire<?> late = timed.first();
            remove(late);
            late.onPassedOver();
            work++;
        }
        if (nowNs - sweptNs >= SWEEP_NS)
        {
            sweptNs = nowNs;
            List.copyOf(lines.values()).forEach((line) -> sweep(line, nowNs));
        }
        while (keepUp() && !due.isEmpty() && nowNs - due.first().dueNs >= 0 && look(due.first()))
        {
            work++;
        }
        return work;
    }

    /**
     * Where an answer is held back, nothing is heard for long: that is right as long as the grid is reached.
     */
    private void sweep(final WaitLine line, final long nowNs)
    {
        if (!(line.look instanceof Look look) || !look.await)
        {
            return;
        }
        if (grid.isConnected())
        {
            line.heardNs = nowNs;
            if (nowNs - look.sentNs >= LOOK_NS && (look.before == null || look.before.isAnswered))
            {
                askAgain(look);
            }
        }
        else if (nowNs - line.heardNs > grid.timeoutNs())
        {
            fail(line, Errors.noAnswer(ErrorCode.NOT_CONNECTED, false, grid.timeoutNs()));
        }
    }

    private void fail(final WaitLine line, final GridException error)
    {
        while (!line.waiters.isEmpty())
        {
            final AsyncAcquire<?> first = line.waiters.first();
            remove(first);
            first.onFailed(error);
        }
    }

    /**
     * Ask again before an answer that is held back stops others.
     *
     * @return false if that has to be done first, and cannot be done now.
     */
    boolean keepUp()
    {
        for (Look oldest = heldBack.peek(); oldest != null; oldest = heldBack.peek())
        {
            if (!oldest.isAnswered && !oldest.isAskedAgain)
            {
                if (inFlight.nextId() - oldest.id < inFlight.capacity() / 2)
                {
                    return true;
                }
                if (!askAgain(oldest))
                {
                    return false;
                }
            }
            heldBack.remove();
        }
        return true;
    }

    /**
     * There was no room for a request. Lanes that keep what they send give room back in the order sent: where a look
     * that is held back is before all others, it is given up, and asked anew behind what waits for room.
     */
    void makeRoom()
    {
        while (!heldBack.isEmpty() && heldBack.peek().isAnswered)
        {
            heldBack.remove();
        }

        final Look oldest = heldBack.peek();
        if (oldest != null && oldest.id == inFlight.oldestWaiting())
        {
            heldBack.remove();
            lane.giveUp(oldest);
            oldest.answered();
            if (oldest.line.look == oldest)
            {
                lookAt(oldest.line, System.nanoTime() + AGAIN_NS);
            }
        }
    }

    private boolean askAgain(final Look look)
    {
        final Look again = new Look(look.line, look.waiter, look.terms.holder(), true, look);
        if (!send(again))
        {
            return false;
        }
        look.isAskedAgain = true;
        look.before = null;
        look.line.look = look.line.look == look ? again : look.line.look;
        return true;
    }

    private boolean look(final WaitLine line)
    {
        final boolean await = held < places;
        final AsyncAcquire<?> first = line.waiters.first();
        final Look look = new Look(line, first, first.holder(), await, null);
        final boolean isSent = (await || asked < Math.max(1, places)) && send(look);
        if (isSent)
        {
            due.remove(line);
            line.look = look;
        }
        return isSent;
    }

    private boolean send(final Look look)
    {
        if (!lane.trySend(look))
        {
            return false;
        }
        if (look.await)
        {
            held++;
            heldBack.add(look);
        }
        else
        {
            asked++;
        }
        return true;
    }

    private void onAnswer(final Look look, final LockAnswer answer)
    {
        final long nowNs = System.nanoTime();
        final WaitLine line = look.line;
        line.heardNs = nowNs;
        switch (answer.status())
        {
            case QUEUED:
                lookAt(line, look.await ? nowNs : nowNs + Math.max(AGAIN_NS, AGAIN_OF_MANY_NS * lines.size()));
                break;
            case DONE:
                do
                {
                    final AsyncAcquire<?> first = line.waiters.first();
                    remove(first);
                    first.onGiven(answer, look.sentNs);
                }
                while (look.lock.kind == LockKind.LATCH && !line.waiters.isEmpty());
                break;
            default:
                remove(look.waiter);
                look.waiter.onPassedOver();
                break;
        }
    }

    /**
     * That no answer comes for a while says nothing, as long as the grid is reached.
     */
    private void onError(final Look look, final GridException error)
    {
        final long nowNs = System.nanoTime();
        final boolean isQuiet = error.code() == ErrorCode.TIMEOUT;
        look.line.heardNs = isQuiet && grid.isConnected() ? nowNs : look.line.heardNs;
        if (!isQuiet && !(error instanceof RefusedException) || nowNs - look.line.heardNs > grid.timeoutNs())
        {
            remove(look.waiter);
            look.waiter.onFailed(error);
        }
        else
        {
            lookAt(look.line, isQuiet ? nowNs : nowNs + PAUSE_NS);
        }
    }

    /**
     * Nobody waits any more from now on.
     */
    void withdraw()
    {
        isWithdrawn = true;
        for (final WaitLine line : List.copyOf(lines.values()))
        {
            fail(line, Errors.closedWhileWaiting());
        }
    }

    /**
     * A look for the first of a line.
     */
    private final class Look extends LockRequest
    {
        private final WaitLine line;
        private final AsyncAcquire<?> waiter;
        /**
         * The one for the same that has been asked before; null for none, or if that does not matter any more.
         */
        private Look before;
        private boolean isAskedAgain;
        private boolean isAnswered;

        Look(
            final WaitLine line,
            final AsyncAcquire<?> waiter,
            final long holder,
            final boolean await,
            final Look before)
        {
            super(waiter.lock, holder, await, await ? Durations.MAX : grid.timeoutNs());
            this.line = line;
            this.waiter = waiter;
            this.before = before;
        }

        @Override
        void onAnswer(final LockAnswer answer)
        {
            answered();
            if (line.look == this)
            {
                WaitLines.this.onAnswer(this, answer);
            }
        }

        @Override
        void onError(final GridException error)
        {
            answered();
            if (line.look == this)
            {
                WaitLines.this.onError(this, error);
            }
        }

        private void answered()
        {
            isAnswered = true;
            if (await)
            {
                held--;
            }
            else
            {
                asked--;
            }
        }
    }
}
