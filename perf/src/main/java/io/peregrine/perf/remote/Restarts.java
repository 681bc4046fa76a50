package io.peregrine.perf.remote;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridException;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapSide;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops a node and starts it again, while a caller asks it all the time.
 */
final class Restarts
{
    private static final int LONGEST_DOWN_S = 4;
    private static final double NS_PER_MS = 1e6;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final ServedMap served;
    private volatile long answeredNs;
    private volatile String wrong;

    Restarts(final ServedMap served)
    {
        this.served = served;
    }

    /**
     * Restart once. Every second time the node is killed, and it is away for a different time each time.
     *
     * @return milliseconds from when the node served to the first answer.
     */
    double restart(final int round) throws InterruptedException
    {
        if (round % 2 == 0)
        {
            served.process().close();
        }
        else
        {
            served.process().kill();
        }

        answeredNs = 0;
        final Thread caller = new Thread(this::call, "caller");
        caller.setDaemon(true);
        caller.start();
        pause(TimeUnit.SECONDS.toNanos(round % LONGEST_DOWN_S));
        served.startNode();
        caller.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NS));
        if (caller.isAlive() || wrong != null)
        {
            throw new IllegalStateException(
                wrong == null ? "no call was answered within a minute after the node's restart" : wrong);
        }

        return Math.max(0, answeredNs - served.servingNs()) / NS_PER_MS;
    }

    /**
     * Ask until something is answered: that the entry is not there, since the node has lost all.
     */
    private void call()
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
        final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);
        Workload.writeKey(0, key, 0);
        final long startNs = System.nanoTime();
        while (answeredNs == 0 && System.nanoTime() - startNs < LIMIT_NS)
        {
            try (FlyweightMap map = served.client().grid().flyweightMap(MapSide.MAP))
            {
                final int length = map.get(key, 0, Workload.KEY_LENGTH, value, 0, value.capacity());
                wrong = length == FlyweightMap.ABSENT ? null : "a node that has just begun has an entry";
                answeredNs = System.nanoTime();
            }
            catch (final GridException notNow)
            {
                Thread.yield();
            }
        }
    }

    private static void pause(final long ns)
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ns)
        {
            LockSupport.parkNanos(ns - (System.nanoTime() - startNs));
        }
    }
}
