package io.peregrine.perf.rig;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Measures beside a turn how long the machine kept a thread that wanted to run from running. Its thread sleeps for a
 * short time again and again; what it oversleeps beyond a threshold is a hiccup. Collections in this process are taken
 * off: they belong to the subject, not to the machine.
 */
public final class HiccupMeter implements AutoCloseable
{
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long THRESHOLD_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long CLOSE_LIMIT_MS = 5_000;

    private final NanoClock clock;
    private final Thread thread;
    private volatile boolean running = true;
    private final long startNs;
    private final long collectedAtStartMs;
    private long lastNs;
    private long lostNs;
    private long endNs;
    private long collectedMs;

    HiccupMeter(final NanoClock clock)
    {
        this.clock = clock;
        this.thread = null;
        this.startNs = clock.nanoTime();
        this.lastNs = startNs;
        this.endNs = startNs;
        this.collectedAtStartMs = 0;
    }

    private HiccupMeter(final IdleStrategy idle)
    {
        clock = SystemNanoClock.INSTANCE;
        collectedAtStartMs = collectionMs();
        startNs = clock.nanoTime();
        lastNs = startNs;
        thread = new Thread(() -> watch(idle), "hiccup-meter");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Start a meter on a thread of its own.
     *
     * @return the meter, already running.
     */
    public static HiccupMeter start()
    {
        return new HiccupMeter(new SleepingIdleStrategy(PERIOD_NS));
    }

    private void watch(final IdleStrategy idle)
    {
        while (running)
        {
            idle.idle();
            sample();
        }
    }

    /**
     * A period is over; by how much was it too long?
     */
    void sample()
    {
        final long now = clock.nanoTime();
        final long late = now - lastNs - PERIOD_NS;
        if (late > THRESHOLD_NS)
        {
            lostNs += late;
        }

        lastNs = now;
        endNs = now;
    }

    @Override
    public void close()
    {
        running = false;
        try
        {
            thread.join(CLOSE_LIMIT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        collectedMs = collectionMs() - collectedAtStartMs;
    }

    /**
     * Part of the time that the machine took away. Call after {@link #close()}.
     *
     * @return 0 to 1.
     */
    public double share()
    {
        final long lost = lostNs - collectedNs();
        return Math.max(0, lost) / (double) Math.max(1, endNs - startNs);
    }

    long collectedNs()
    {
        return TimeUnit.MILLISECONDS.toNanos(collectedMs);
    }

    private static long collectionMs()
    {
        long sum = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans())
        {
            sum += Math.max(0, collector.getCollectionTime());
        }

        return sum;
    }
}
