package io.peregrine.perf.verify.load;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The locks that everybody wants. Pure.
 */
public final class Locks
{
    /**
     * As many there are.
     */
    public static final int COUNT = 4;

    /**
     * For so long one is held, unless it is let go of.
     */
    public static final Duration LEASE = Duration.ofMillis(800);

    /**
     * Two clocks may differ by a sixty-fourth.
     */
    public static final long SURELY_HELD_NS = LEASE.toNanos() - LEASE.toNanos() / 64;

    /**
     * The longest time in line.
     */
    static final Duration WAIT = Duration.ofMillis(400);

    /**
     * Who is late comes back after so long.
     */
    static final long LATE_NS = LEASE.toNanos() + LEASE.toNanos() / 2;

    private static final String PREFIX = "lock-";
    private static final String ENTRY_PREFIX = "fenced-";

    private Locks()
    {
    }

    /**
     * One of them.
     *
     * @param number of it.
     * @return its name.
     */
    public static String name(final int number)
    {
        return PREFIX + number;
    }

    static String any(final SplittableRandom random)
    {
        return name(random.nextInt(COUNT));
    }

    /**
     * @return the entry that is written by whoever holds a lock.
     */
    static String entry(final String lock)
    {
        return ENTRY_PREFIX + lock;
    }
}
