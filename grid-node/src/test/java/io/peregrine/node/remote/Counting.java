package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A caller that adds one to a number of its own, again and again, and checks each sum: a call that was carried out
 * twice, or not at all, shows at once. One thread works; any thread looks.
 */
final class Counting implements Runnable
{
    private final GridMap<String, Long> map;
    private final String key;
    private final boolean mayStartAnew;
    private long sum;
    private long slack;
    private volatile long done;
    private volatile long unknown;
    private volatile long refused;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /**
     * @param grid         to work on.
     * @param key          that nobody else uses.
     * @param mayStartAnew whether all may be gone now and then.
     */
    Counting(final Grid grid, final String key, final boolean mayStartAnew)
    {
        map = grid.map("counting", Codecs.STRING, Codecs.LONG);
        this.key = key;
        this.mayStartAnew = mayStartAnew;
    }

    Thread start()
    {
        final Thread thread = new Thread(this, "counting " + key);
        thread.start();
        return thread;
    }

    void stop()
    {
        stopped = true;
    }

    long done()
    {
        return done;
    }

    long unknown()
    {
        return unknown;
    }

    long refused()
    {
        return refused;
    }

    Throwable failure()
    {
        return failure;
    }

    @Override
    public void run()
    {
        run(Long.MAX_VALUE);
    }

    void run(final long times)
    {
        try
        {
            while (!stopped && done < times)
            {
                step();
            }
        }
        catch (final Throwable ex)
        {
            failure = ex;
        }
    }

    void step()
    {
        try
        {
            check(map.addAndGet(key, 1));
            done++;
        }
        catch (final OutcomeUnknownException ex)
        {
            slack++;
            unknown++;
        }
        catch (final RefusedException ex)
        {
            refused++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void check(final long now)
    {
        final boolean follows = now > sum && now <= sum + slack + 1;
        final boolean startsAnew = mayStartAnew && now >= 1 && now <= slack + 1;
        if (!follows && !startsAnew)
        {
            throw new AssertionError(key + ": " + now + " after " + sum + " with " + slack + " unknown");
        }
        sum = now;
        slack = 0;
    }
}
