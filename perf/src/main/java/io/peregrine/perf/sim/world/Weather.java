package io.peregrine.perf.sim.world;

import java.util.SplittableRandom;

/**
 * How the network is: delays, and how often single messages are lost, come twice, or come out of order. Rates are in
 * thousandths.
 */
public final class Weather
{
    private static final int THOUSAND = 1000;
    private static final long FASTEST_NS = 20_000;
    private static final long LATE_NS = 30_000_000;

    private final SplittableRandom random;
    private long jitterNs = 100_000;
    private int spikes;
    private int losses;
    private int doubles;
    private int strays;

    /**
     * @param random that it draws from.
     */
    public Weather(final SplittableRandom random)
    {
        this.random = random;
    }

    /**
     * @param newJitterNs by which delays differ.
     * @param newSpikes   messages that take far longer.
     */
    public void delays(final long newJitterNs, final int newSpikes)
    {
        jitterNs = newJitterNs;
        spikes = newSpikes;
    }

    /**
     * @param newLosses  messages that are lost one by one.
     * @param newDoubles messages that come twice.
     * @param newStrays  messages that later ones overtake.
     */
    public void mischief(final int newLosses, final int newDoubles, final int newStrays)
    {
        losses = newLosses;
        doubles = newDoubles;
        strays = newStrays;
    }

    /**
     * A quiet day.
     */
    public void clear()
    {
        delays(100_000, 0);
        mischief(0, 0, 0);
    }

    long delayNs()
    {
        final long delay = FASTEST_NS + random.nextLong(jitterNs);
        return draws(spikes) ? delay + random.nextLong(LATE_NS) : delay;
    }

    long strayNs()
    {
        return random.nextLong(LATE_NS);
    }

    boolean loses()
    {
        return draws(losses);
    }

    boolean doubles()
    {
        return draws(doubles);
    }

    boolean strays()
    {
        return draws(strays);
    }

    private boolean draws(final int rate)
    {
        return rate > 0 && random.nextInt(THOUSAND) < rate;
    }
}
