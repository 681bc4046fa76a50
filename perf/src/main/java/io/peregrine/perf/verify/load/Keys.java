package io.peregrine.perf.verify.load;

import java.util.SplittableRandom;

/**
 * The keys. Many are spread over all partitions and live through all faults; a few at a time are wanted by everybody,
 * and others take their place each second, so that the history of each stays short enough to be judged. Pure.
 */
public final class Keys
{
    /**
     * Keys that live from the beginning to the end.
     */
    public static final int SPREAD = 2_000;

    /**
     * Keys that all clients want at one time.
     */
    public static final int CONTENDED = 8;

    /**
     * So long they are wanted.
     */
    static final long TERM_NS = 1_000_000_000L;

    private static final String SPREAD_PREFIX = "spread-";
    private static final String CONTENDED_PREFIX = "contended-";

    private Keys()
    {
    }

    /**
     * One of the many.
     *
     * @param number of it.
     * @return the key.
     */
    public static String spread(final int number)
    {
        return SPREAD_PREFIX + number;
    }

    static String anySpread(final SplittableRandom random)
    {
        return spread(random.nextInt(SPREAD));
    }

    /**
     * @param sinceNs since the run began, on a clock that all clients share.
     */
    static String anyContended(final SplittableRandom random, final long sinceNs)
    {
        return CONTENDED_PREFIX + Math.max(0, sinceNs) / TERM_NS + "-" + random.nextInt(CONTENDED);
    }
}
