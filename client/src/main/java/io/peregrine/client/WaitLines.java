package io.peregrine.client;

import io.peregrine.client.codec.LockKind;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Looks for those who wait without a thread, one look for each line.
 * <p>
 * The answer to a look is held back by the grid while the one looked for waits. Requests without an answer are limited,
 * and ids of requests go round in that limit, so an answer that is held back would stop all others in the end.
 * Therefore a quarter of the limit is used for such looks, and one is asked anew, which has the former answered, when
 * half of the limit has gone round since. Lines beyond that are looked at again and again, less often where they are
 * many. The lane's thread.
 */
final class WaitLines
{
    /**
     * For how long a look is held back at most before it is asked again, so that a waking that was lost on the way
     * costs no more than that.
     */
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long AGAIN_OF_MANY_NS = TimeUnit.MICROSECONDS.toNanos(100);
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
    private long serial;

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
        while (keepUp() && !due.isEmpty() && nowNs - due.first().dueNs >= 0 && look(due.first()))
        {
            work++;
        }
        return work;
    }

    /**
     * Ask anew before an answer that is held back stops others.
     *
     * @return false if that has to be done first, and cannot be done now.
     */
    boolean keepUp()
    {
        while (!heldBack.isEmpty())
        {
            final Look oldest = heldBack.peek();
            if (oldest.line.look == oldest)
            {
                if (inFlight.nextId() - oldest.id < inFlight.capacity() / 2)
                {
                    return true;
                }
                if (!ask(oldest.line, true))
                {
                    return false;
                }
            }
            heldBack.remove();
        }
        return true;
    }

    private boolean look(final WaitLine line)
    {
        final boolean await = held < places;
        final boolean isSent = (await || asked < Math.max(1, places)) && ask(line, await);
        if (isSent)
        {
            due.remove(line);
        }
        return isSent;
    }

    private boolean ask(final WaitLine line, final boolean await)
    {
        final Look look = new Look(line, line.waiters.first(), await);
        if (!lane.trySend(look))
        {
            return false;
        }
        line.look = look;
        if (await)
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
     * The lane has ended, and with it whoever waits.
     */
    void end()
    {
        for (final WaitLine line : lines.values().toArray(new WaitLine[0]))
        {
            while (!line.waiters.isEmpty())
            {
                final AsyncAcquire<?> first = line.waiters.first();
                remove(first);
                first.onFailed(Errors.closedWhileWaiting());
            }
        }
    }

    /**
     * A look for the first of a line.
     */
    private final class Look extends LockRequest
    {
        private final WaitLine line;
        private final AsyncAcquire<?> waiter;

        Look(final WaitLine line, final AsyncAcquire<?> waiter, final boolean await)
        {
            super(waiter.lock, waiter.holder(), await, LOOK_NS);
            this.line = line;
            this.waiter = waiter;
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
