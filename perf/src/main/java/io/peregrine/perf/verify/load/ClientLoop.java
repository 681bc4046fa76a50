package io.peregrine.perf.verify.load;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.perf.verify.history.ClientLog;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One client: asks one thing after the other at a steady pace, and writes down all of it. A thread of its own.
 */
public final class ClientLoop
{
    private static final String MAP = "verify";
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(60);

    private final Grid grid;
    private final Task task;
    private final Thread thread;
    private volatile boolean isStopped;
    private volatile boolean isSwept;
    private MapCaller caller;
    private HolderCaller holder;
    private long lastNs;

    /**
     * What a client is to do.
     *
     * @param seed   of the run.
     * @param number of the client, which no other one of the run has.
     * @param fromNs when the run began.
     * @param share  of all keys that it reads at the end: this one of so many; none where there are none.
     * @param shares as many clients share them.
     * @param log    that it writes.
     */
    public record Task(long seed, int number, long fromNs, int share, int shares, Path log)
    {
    }

    /**
     * A client.
     *
     * @param grid that it asks.
     * @param task of it.
     */
    public ClientLoop(final Grid grid, final Task task)
    {
        this.grid = grid;
        this.task = task;
        thread = new Thread(this::run, "client-" + task.number());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ask nothing more, but for what is read at the end, and wait for that. Any thread.
     *
     * @return whether every key was answered that was to be read at the end.
     * @throws InterruptedException when interrupted.
     */
    public boolean stop() throws InterruptedException
    {
        isStopped = true;
        thread.join();
        return isSwept;
    }

    private void run()
    {
        try (ClientLog log = new ClientLog(task.log()))
        {
            if (!open())
            {
                return;
            }

            final Chooser chooser = new Chooser(task.seed(), task.number());
            while (!isStopped)
            {
                final Operation operation = chooser.next(System.nanoTime() - task.fromNs());
                chooser.onTold(operation, ask(log, operation));
                LockSupport.parkNanos(PAUSE_NS);
            }
            isSwept = sweep(log) && sweepHeld(log);
        }
    }

    /**
     * A grid that is coming up refuses to make a map. One who is stopped before that still reads at the end.
     */
    private boolean open()
    {
        final long startNs = System.nanoTime();
        while (caller == null && (!isStopped || System.nanoTime() - startNs < SWEEP_NS))
        {
            try
            {
                final GridMap<String, Long> map = grid.map(MAP, Codecs.STRING, Codecs.LONG);
                holder = new HolderCaller(grid, map);
                caller = new MapCaller(map);
            }
            catch (final GridException notYet)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        return caller != null;
    }

    /**
     * Read what was written once and hardly ever asked for again.
     */
    private boolean sweep(final ClientLog log)
    {
        final long startNs = System.nanoTime();
        for (int i = task.share(); i < Keys.SPREAD && task.shares() > 0; i += task.shares())
        {
            while (ask(log, Operation.read(Keys.spread(i))).outcome() != Outcome.OK)
            {
                if (System.nanoTime() - startNs > SWEEP_NS)
                {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        return true;
    }

    /**
     * See that every lock can be taken again, and all permits of every semaphore, whoever held them last.
     */
    private boolean sweepHeld(final ClientLog log)
    {
        final List<Operation> all = new ArrayList<>();
        IntStream.range(0, Locks.COUNT).forEach((i) -> all.add(Operation.acquire(Locks.name(i))));
        IntStream.range(0, Permits.COUNT)
            .forEach((i) -> all.add(Operation.acquirePermits(Permits.name(i), Permits.TOTAL)));
        final long startNs = System.nanoTime();
        for (int i = task.share(); i < all.size() && task.shares() > 0; i += task.shares())
        {
            Told told = ask(log, all.get(i));
            while (told.outcome() != Outcome.OK)
            {
                if (System.nanoTime() - startNs > SWEEP_NS)
                {
                    return false;
                }
                told = ask(log, all.get(i));
            }
            ask(log, all.get(i).release(told.before()));
        }

        return true;
    }

    private Told ask(final ClientLog log, final Operation operation)
    {
        long nowNs = System.nanoTime();
        while (nowNs - lastNs <= 0)
        {
            Thread.onSpinWait();
            nowNs = System.nanoTime();
        }

        log.invoked(operation, nowNs);
        final Told told = operation.isOfEntry() ? caller.call(operation) : holder.call(operation);
        lastNs = System.nanoTime();
        log.returned(told, lastNs);
        return told;
    }
}
