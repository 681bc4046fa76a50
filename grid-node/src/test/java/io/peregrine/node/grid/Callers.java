package io.peregrine.node.grid;

import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Threads that write and read until they are stopped, each its own keys. Nothing may happen to them but to be refused
 * or not to know.
 */
final class Callers implements AutoCloseable
{
    private static final int KEYS = 40;
    private static final long PAUSE_NS = 200_000;

    private final List<Caller> callers = new ArrayList<>();
    private volatile boolean isStopped;

    Callers(final List<GridMap<String, Long>> maps)
    {
        for (final GridMap<String, Long> map : maps)
        {
            callers.add(new Caller(map, "caller-" + callers.size() + "-"));
        }
        callers.forEach((caller) -> caller.thread.start());
    }

    /**
     * Wait until each caller was answered for each of its keys.
     */
    void awaitRound()
    {
        final long[] before = callers.stream().mapToLong((caller) -> caller.rounds.get()).toArray();
        TestGrid.await("a round of calls", () ->
        {
            boolean isDone = true;
            for (int i = 0; i < before.length; i++)
            {
                final Caller caller = callers.get(i);
                caller.check();
                isDone &= caller.rounds.get() - before[i] > 1;
            }
            return isDone;
        });
    }

    /**
     * Stop, and see that every acknowledged write is there.
     */
    void stop() throws InterruptedException
    {
        isStopped = true;
        for (final Caller caller : callers)
        {
            caller.thread.join();
            caller.check();
            caller.acknowledged.forEach((key, value) -> assertEquals(value, caller.map.get(key), key));
        }
    }

    @Override
    public void close()
    {
        isStopped = true;
    }

    private final class Caller
    {
        private final GridMap<String, Long> map;
        private final String prefix;
        private final Map<String, Long> acknowledged = new HashMap<>();
        private final AtomicLong rounds = new AtomicLong();
        private final Thread thread = new Thread(this::run);
        private volatile Throwable failure;

        Caller(final GridMap<String, Long> map, final String prefix)
        {
            this.map = map;
            this.prefix = prefix;
            thread.setDaemon(true);
        }

        void check()
        {
            if (failure != null)
            {
                throw new AssertionError(prefix, failure);
            }
        }

        private void run()
        {
            try
            {
                for (long i = 0; !isStopped; i++)
                {
                    call(prefix + i % KEYS, i);
                    rounds.set(i / KEYS);
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
            catch (final Throwable ex)
            {
                failure = ex;
            }
        }

        /**
         * Until it is done: what is not known to have happened is asked again, as the same value.
         */
        private void call(final String key, final long value)
        {
            boolean isDone = false;
            while (!isDone && !isStopped)
            {
                try
                {
                    final Long before = acknowledged.remove(key);
                    final Long found = map.get(key);
                    if (before != null && !Objects.equals(before, found))
                    {
                        throw new AssertionError(key + " was " + before + ", is " + found);
                    }
                    map.set(key, value);
                    acknowledged.put(key, value);
                    isDone = true;
                }
                catch (final RefusedException | OutcomeUnknownException ex)
                {
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        }
    }
}
