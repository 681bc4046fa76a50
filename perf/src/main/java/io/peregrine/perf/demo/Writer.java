package io.peregrine.perf.demo;

import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One caller of the traffic: overwrites its own keys round by round, never with the same value, and remembers what it
 * was told. A thread of its own; others look at what is volatile, and at the rest when it has ended.
 */
final class Writer
{
    private static final int KEYS = 150;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final GridMap<String, Long> map;
    private final String prefix;
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Long> perhaps = new HashMap<>();
    private final AtomicLong rounds = new AtomicLong();
    private final Thread thread;
    private volatile boolean isStopped;
    private volatile long sinceNs = System.nanoTime();
    private volatile long lastNs = sinceNs;
    private volatile long worstNs;
    private volatile RuntimeException failure;
    private volatile long writes;
    private volatile long refused;
    private volatile long unknown;

    /**
     * @param map    to write to.
     * @param number of the writer.
     */
    Writer(final GridMap<String, Long> map, final int number)
    {
        this.map = map;
        prefix = "writer:" + number + ":";
        thread = new Thread(this::run, "writer-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    private void run()
    {
        try
        {
            for (long value = 0; !isStopped; value++)
            {
                write(prefix + value % KEYS, value);
                if (value % KEYS == KEYS - 1)
                {
                    rounds.incrementAndGet();
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
    }

    /**
     * The grid may refuse or not know for as long as nobody leads a partition: asked again until it is acknowledged.
     */
    private void write(final String key, final long value)
    {
        boolean isAcknowledged = false;
        while (!isAcknowledged && !isStopped)
        {
            isAcknowledged = tryWrite(key, value);
        }
        final long nowNs = System.nanoTime();
        final long fromNs = sinceNs;
        worstNs = Math.max(lastNs - fromNs < 0 ? 0 : worstNs, nowNs - lastNs);
        lastNs = nowNs;
    }

    private boolean tryWrite(final String key, final long value)
    {
        try
        {
            map.set(key, value);
            acknowledged.put(key, value);
            perhaps.remove(key);
            writes++;
            return true;
        }
        catch (final RefusedException didNotHappen)
        {
            refused++;
        }
        catch (final OutcomeUnknownException mayHaveHappened)
        {
            perhaps.put(key, value);
            unknown++;
        }
        LockSupport.parkNanos(PAUSE_NS);
        return false;
    }

    /**
     * Forget how long it waited before now.
     */
    void forgetWaits()
    {
        sinceNs = System.nanoTime();
    }

    /**
     * @return the longest that it was without an acknowledgement, up to the last one.
     */
    long worstNs()
    {
        return worstNs;
    }

    /**
     * @return how often every key was written and acknowledged.
     * @throws RuntimeException that ended it, which none may.
     */
    long rounds()
    {
        if (failure != null)
        {
            throw failure;
        }

        return rounds.get();
    }

    void stop() throws InterruptedException
    {
        isStopped = true;
        thread.join();
        rounds();
    }

    long writes()
    {
        return writes;
    }

    long refused()
    {
        return refused;
    }

    long unknown()
    {
        return unknown;
    }

    /**
     * @return keys of which not what was acknowledged last is there, nor what was tried since and may have happened.
     */
    long wrong()
    {
        long wrong = 0;
        for (final Map.Entry<String, Long> entry : acknowledged.entrySet())
        {
            final Long found = map.get(entry.getKey());
            wrong += entry.getValue().equals(found) ||
                found != null && found.equals(perhaps.get(entry.getKey())) ? 0 : 1;
        }

        return wrong;
    }

    int keys()
    {
        return acknowledged.size();
    }
}
