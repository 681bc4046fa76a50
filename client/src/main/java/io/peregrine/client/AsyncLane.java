package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.port.RequestPort;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The thread that sends what asynchronous handles ask for, in the order asked, and completes their stages. It sleeps
 * while nothing is asked and nothing is in flight. {@link #submit}, {@link #execute} and {@link #close} are for any
 * thread.
 */
final class AsyncLane implements Runnable, Executor, AnswerHandler
{
    private static final int QUEUE_LIMIT = 4096;
    private static final int BATCH = 64;

    /**
     * How often a thread that never rests looks for requests whose time is over.
     */
    static final int EXPIRE_MASK = 15;

    /**
     * So that the thread ends although nobody closes the grid when the node behind it has closed.
     */
    private static final long LONGEST_SLEEP_NS = 1_000_000_000;

    private final Queue<AsyncRequest<?>> requests = new MpscAtomicArrayQueue<>(QUEUE_LIMIT);
    private final Queue<Runnable> tasks = new MpscAtomicArrayQueue<>(QUEUE_LIMIT);
    private final MapResult result = new MapResult();
    private final PortGrid grid;
    private final RequestPort port;
    private final Exchange exchange;
    private final RequestWriter writer;
    private final AsyncRequest<?>[] sent;
    private final Thread thread;
    private AsyncRequest<?> pending;
    private volatile AsyncLocks locks;
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile boolean ended;
    private final AtomicInteger toFail = new AtomicInteger();
    private int busyCycles;

    AsyncLane(final PortGrid grid, final RequestPort port)
    {
        this.grid = grid;
        this.port = port;
        exchange = grid.openExchange(this);
        exchange.handler(this);
        writer = new RequestWriter(exchange);
        sent = new AsyncRequest<?>[exchange.inFlight().capacity()];
        thread = new Thread(this, "peregrine-async");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What it does for locks. Any thread.
     */
    synchronized AsyncLocks locks()
    {
        if (locks == null)
        {
            if (closed)
            {
                throw Errors.closed();
            }
            locks = new AsyncLocks(grid, this);
        }
        return locks;
    }

    void submit(final AsyncRequest<?> request)
    {
        if (closed || !requests.offer(request))
        {
            request.stage.completeExceptionally(closed ? Errors.closed() : Errors.of(
                AnswerKind.REFUSED,
                ErrorCode.TOO_MANY_IN_FLIGHT,
                QUEUE_LIMIT + " asynchronous requests wait to be sent"));
            return;
        }
        wake();
    }

    @Override
    public void execute(final Runnable task)
    {
        if (closed || !tasks.offer(task))
        {
            throw new RejectedExecutionException(closed ? "the grid is closed" : QUEUE_LIMIT + " callbacks wait");
        }
        wake();
    }

    /**
     * Nobody waits for a request any more. Any thread.
     */
    void onCancelled(final AsyncRequest<?> request)
    {
        if (!closed && tasks.offer(() -> giveUp(request)))
        {
            wake();
        }
    }

    private void giveUp(final AsyncRequest<?> request)
    {
        final int slot = (int) request.id & sent.length - 1;
        if (request.id != 0 && sent[slot] == request)
        {
            sent[slot] = null;
            exchange.giveUp(request.id);
        }
    }

    /**
     * The grid is about to be closed: nobody waits in line any more.
     */
    void withdraw(final long timeoutNs, final Runnable rest)
    {
        final AsyncLocks ofLocks = locks;
        if (ofLocks != null && !ofLocks.isIdle() && !closed && Thread.currentThread() != thread)
        {
            ofLocks.withdraw(timeoutNs, rest);
        }
    }

    /**
     * End the thread. Requests that were not sent fail; the outcome of those in flight is unknown.
     */
    void close()
    {
        closed = true;
        wake();
    }

    @Override
    public void run()
    {
        try
        {
            while (!closed && !port.isClosed())
            {
                final AsyncLocks ofLocks = locks;
                final int work =
                    send() + exchange.poll() + runTasks() + (ofLocks == null ? 0 : ofLocks.work());
                if (work == 0)
                {
                    rest();
                }
                else if ((++busyCycles & EXPIRE_MASK) == 0)
                {
                    exchange.expire();
                }
            }
        }
        finally
        {
            closed = true;
            end();
        }
    }

    @Override
    public void onAnswer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        take(id).complete(result.wrap(buffer, offset));
    }

    @Override
    public void onNoAnswer(final long id, final ErrorCode code, final boolean notDone)
    {
        final AsyncRequest<?> request = take(id);
        request.complete(result.noAnswer(Errors.noAnswer(code, notDone, request.timeoutNs)));
    }

    private AsyncRequest<?> take(final long id)
    {
        final int slot = (int) id & sent.length - 1;
        final AsyncRequest<?> request = sent[slot];
        sent[slot] = null;
        return request;
    }

    private int send()
    {
        int work = 0;
        while (work < BATCH)
        {
            pending = pending == null ? requests.poll() : pending;
            if (pending == null || !sendPending())
            {
                return work;
            }
            pending = null;
            work++;
        }
        return work;
    }

    private boolean sendPending()
    {
        final AsyncRequest<?> request = pending;
        if (request.stage.isDone())
        {
            return true;
        }
        final MapCommand command = request.command;
        request.fence = command.lease == null ? 0 : command.lease.fence();
        exchange.timeoutNs(request.timeoutNs);
        final long id = request.staleness != AsyncRequest.NO_READ ? writer.read(
            request.map.structureId, request.partition, true, request.staleness, command.key, 0, command.keyLength) :
            writer.command(request.map.structureId, request.partition, request.keyHash, command);
        if (id > 0)
        {
            sent[(int) id & sent.length - 1] = request;
            request.id = id;
            return true;
        }
        if (id == Exchange.CLOSED)
        {
            request.stage.completeExceptionally(Errors.closed());
            return true;
        }
        if (System.nanoTime() - request.deadline >= 0)
        {
            request.stage.completeExceptionally(Errors.timeoutBefore(request.timeoutNs));
            return true;
        }
        return false;
    }

    private int runTasks()
    {
        int work = 0;
        for (Runnable task = tasks.poll(); task != null; task = work < BATCH ? tasks.poll() : null)
        {
            runSafely(task);
            work++;
        }
        return work;
    }

    private void rest()
    {
        if (pending != null || exchange.inFlight().count() > 0)
        {
            exchange.expire();
            exchange.lane().idle(0);
            return;
        }
        if (!areLocksIdle())
        {
            locks.idle();
            return;
        }
        asleep = true;
        if (requests.isEmpty() && tasks.isEmpty() && areLocksIdle() && !closed)
        {
            LockSupport.parkNanos(this, LONGEST_SLEEP_NS);
        }
        asleep = false;
    }

    private boolean areLocksIdle()
    {
        final AsyncLocks ofLocks = locks;
        return ofLocks == null || ofLocks.isIdle();
    }

    void wake()
    {
        VarHandle.fullFence();
        if (asleep)
        {
            LockSupport.unpark(thread);
        }
        if (ended)
        {
            failQueued();
        }
    }

    private void end()
    {
        exchange.poll();
        for (long id = exchange.inFlight().oldestWaiting(); id != 0; id = exchange.inFlight().oldestWaiting())
        {
            onNoAnswer(id, ErrorCode.CLOSED, exchange.giveUp(id));
        }
        if (pending != null)
        {
            pending.stage.completeExceptionally(Errors.closed());
            pending = null;
        }
        grid.closeExchange(exchange);
        endLocks();
        ended = true;
        failQueued();
    }

    private void endLocks()
    {
        final AsyncLocks last = lastLocks();
        if (last != null)
        {
            last.end();
        }
    }

    /**
     * None are made from now on.
     */
    private synchronized AsyncLocks lastLocks()
    {
        return locks;
    }

    /**
     * One thread at a time, which meets what others bring meanwhile, or what the end of one begins. Without a lock, as
     * whoever waits for a stage is told of it here.
     */
    private void failQueued()
    {
        int seen = toFail.getAndIncrement() == 0 ? 1 : 0;
        while (seen != 0)
        {
            failAll();
            seen = toFail.addAndGet(-seen);
        }
    }

    private void failAll()
    {
        if (locks != null)
        {
            locks.endPosted();
        }
        for (AsyncRequest<?> request = requests.poll(); request != null; request = requests.poll())
        {
            request.stage.completeExceptionally(Errors.closed());
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll())
        {
            runSafely(task);
        }
    }

    static void runSafely(final Runnable task)
    {
        try
        {
            task.run();
        }
        catch (final Exception ex)
        {
            final Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, ex);
        }
    }
}
