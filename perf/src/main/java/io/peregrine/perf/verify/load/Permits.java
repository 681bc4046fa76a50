package io.peregrine.perf.verify.load;

import java.util.SplittableRandom;

/**
 * The semaphores that everybody wants. Their permits are held for as long as {@link Locks} are. Pure.
 */
public final class Permits
{
    /**
     * As many semaphores there are.
     */
    public static final int COUNT = 2;

    /**
     * Permits of each.
     */
    public static final int TOTAL = 2;

    private static final String PREFIX = "permits-";

    private Permits()
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
     * @return one permit, mostly.
     */
    static int some(final SplittableRandom random)
    {
        return random.nextInt(4) == 0 ? TOTAL : 1;
    }
}
