package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * What the asynchronous lane's thread does for locks, semaphores and latches, by a lane of their own: so that answers
 * that are held back take no place from those of maps. {@link #submit} and {@link #post} are for any thread; all else
 * is the thread's.
 */
final class AsyncLocks implements AnswerHandler
{
    /**
     * Calls that acquire nothing, under way beside {@link AsyncGridLock#LIMIT} that do: who holds can always let go.
     */
    private static final int OTHER_CALLS = 4096;
    private static final int CHUNK = 1024;
    private static final int BATCH = 64;

    private final Queue<Runnable> posted = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final AtomicInteger underWay = new AtomicInteger();
    private final PortGrid grid;
    private final AsyncLane lane;
    private final Exchange exchange;
    private final LockWriter writer;
    private final LockRequest[] sent;
    private final WaitLines lines;
    private final Withdrawals withdrawals;
    private final Queue<LockRequest> unsent = new ArrayDeque<>();
    private boolean isEnded;
    private boolean isWithoutRoom;
    private int cycles;

    AsyncLocks(final PortGrid grid, final AsyncLane lane)
    {
        this.grid = grid;
        this.lane = lane;
        exchange = grid.openExchange(this);
        exchange.handler(this);
        writer = new LockWriter(exchange);
        sent = new LockRequest[exchange.inFlight().capacity()];
        lines = new WaitLines(this, grid, exchange.inFlight());
        withdrawals = new Withdrawals(this, grid, sent.length);
    }

    <T> AsyncStage<T> newStage()
    {
        return new AsyncStage<>(lane);
    }

    WaitLines lines()
    {
        return lines;
    }

    Withdrawals withdrawals()
    {
        return withdrawals;
    }

    /**
     * A call begins: have it begun by the thread, which says {@link #onEnd} when it has ended. Refused where too many
     * are under way. Any thread.
     */
    void submit(final AsyncStage<?> stage, final boolean isToAcquire, final Runnable beginning)
    {
        final int limit = isToAcquire ? AsyncGridLock.LIMIT : AsyncGridLock.LIMIT + OTHER_CALLS;
        if (!tryBegin(limit))
        {
            stage.completeExceptionally(Errors.of(AnswerKind.REFUSED, ErrorCode.TOO_MANY_IN_FLIGHT,
                limit + " asynchronous calls for locks, semaphores and latches are under way"));
            return;
        }
        beginning.run();
    }

    private boolean tryBegin(final int limit)
    {
        final boolean isBegun = underWay.incrementAndGet() <= limit;
        if (!isBegun)
        {
            underWay.decrementAndGet();
        }
        return isBegun;
    }

    /**
     * Have the grid told that one waits no longer, who has waited in a thread of its own: until the grid has heard it.
     * Where too many calls are under way it is not told, and that ends with the session or the lease. Any thread.
     */
    void withdraw(final LockName lock, final long holder)
    {
        if (tryBegin(AsyncGridLock.LIMIT + OTHER_CALLS))
        {
            post(() -> withdrawals.addCounted(lock, holder));
        }
    }

    /**
     * Something goes on that outlives the call that it is of.
     */
    void onBegin()
    {
        underWay.incrementAndGet();
    }

    /**
     * A call has ended.
     */
    void onEnd()
    {
        underWay.decrementAndGet();
    }

    /**
     * Have something done by the thread. For what belongs to a call that was {@link #submit submitted}, so that there
     * is no more of it than there are calls. Any thread.
     */
    void post(final Runnable task)
    {
        posted.add(task);
        lane.wake();
    }

    /**
     * Send as soon as there is room. No request overtakes another.
     */
    void send(final LockRequest request)
    {
        if (isEnded)
        {
            request.onError(Errors.closed());
        }
        else
        {
            unsent.add(request);
        }
    }

    /**
     * @return false if there is no room now.
     */
    boolean trySend(final LockRequest request)
    {
        exchange.timeoutNs(request.timeoutNs);
        final long nowNs = System.nanoTime();
        final long id = request.write(writer);
        if (id > 0)
        {
            request.sentNs = nowNs;
            request.id = id;
            sent[(int) id & sent.length - 1] = request;
        }
        isWithoutRoom |= id == Exchange.BACK_PRESSURED;
        return id > 0;
    }

    /**
     * Nobody waits any more for the answer to a request that was sent.
     */
    void giveUp(final LockRequest request)
    {
        take(request.id);
        exchange.giveUp(request.id);
    }

    /**
     * @return work done.
     */
    int work()
    {
        final int work = runPosted() + exchange.poll();
        isWithoutRoom = false;
        final long nowNs = System.nanoTime();
        final boolean isToExpire = work == 0 || (++cycles & AsyncLane.EXPIRE_MASK) == 0;
        final int done = work + (isToExpire ? exchange.expire() : 0) + lines.work(nowNs) + sendAll() +
            (lines.keepUp() ? withdrawals.work(nowNs) : 0);
        if (isWithoutRoom && !exchange.inFlight().isFull())
        {
            lines.makeRoom();
        }
        return done;
    }

    /**
     * Take whoever waits out of the line, before what is held is let go of: else it would be given to those who go away
     * as well. Waits until that is done, for a limited time. Any thread but the lane's.
     *
     * @param rest what this thread does for a moment while it waits.
     */
    void withdraw(final long timeoutNs, final Runnable rest)
    {
        final long endNs = System.nanoTime() + timeoutNs;
        post(lines::withdraw);
        awaitIdle(endNs, rest);
        // Who was just given something that nobody takes is counted at the end of that cycle of the thread.
        post(() -> { });
        awaitIdle(endNs, rest);
    }

    private void awaitIdle(final long endNs, final Runnable rest)
    {
        while (!isIdle() && System.nanoTime() - endNs < 0)
        {
            rest.run();
        }
    }

    /**
     * Is nothing awaited that the thread would have to look for? Any thread.
     */
    boolean isIdle()
    {
        return posted.isEmpty() && underWay.get() == 0;
    }

    /**
     * The thread has nothing to do for a moment.
     */
    void idle()
    {
        exchange.lane().idle(0);
    }

    private int runPosted()
    {
        int work = 0;
        for (Runnable task = posted.poll(); task != null; task = work < BATCH ? posted.poll() : null)
        {
            AsyncLane.runSafely(task);
            work++;
        }
        return work;
    }

    private int sendAll()
    {
        int work = 0;
        while (work < BATCH && !unsent.isEmpty() && lines.keepUp() && trySendFirst(unsent.peek()))
        {
            unsent.remove();
            work++;
        }
        return work;
    }

    private boolean trySendFirst(final LockRequest request)
    {
        if (!request.isGivenUp() && trySend(request))
        {
            return true;
        }
        final boolean isOver = request.isGivenUp() || System.nanoTime() - request.deadlineNs >= 0;
        if (isOver)
        {
            request.onError(Errors.timeoutBefore(request.timeoutNs));
        }
        return isOver;
    }

    @Override
    public void onAnswer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        final LockRequest request = take(id);
        final GridException refusal = Refusals.errorOf(buffer, offset);
        if (refusal == null)
        {
            request.onAnswer(LockAnswer.of(buffer, offset));
        }
        else
        {
            request.onError(refusal);
        }
    }

    @Override
    public void onNoAnswer(final long id, final ErrorCode code, final boolean notDone)
    {
        final LockRequest request = take(id);
        request.onError(Errors.noAnswer(code, notDone, request.timeoutNs));
    }

    private LockRequest take(final long id)
    {
        final int slot = (int) id & sent.length - 1;
        final LockRequest request = sent[slot];
        sent[slot] = null;
        return request;
    }

    /**
     * The lane ends: so does every call.
     */
    void end()
    {
        exchange.poll();
        isEnded = true;
        for (long id = exchange.inFlight().oldestWaiting(); id != 0; id = exchange.inFlight().oldestWaiting())
        {
            onNoAnswer(id, ErrorCode.CLOSED, exchange.giveUp(id));
        }
        unsent.forEach((request) -> request.onError(Errors.closed()));
        unsent.clear();
        lines.withdraw();
        withdrawals.end();
        grid.closeExchange(exchange);
    }

    /**
     * Calls that began after the end. One thread at a time.
     */
    void endPosted()
    {
        while (runPosted() > 0)
        {
            // Each ends as the lane has.
        }
    }
}
