package io.peregrine.client.remote;

import java.util.function.LongUnaryOperator;

/**
 * When to ask again for what nobody can tell or do yet, such as while nobody leads a partition. A pause is a part of
 * the time since it was asked first, within bounds: so whoever asks is late by that part at most, and asks the more
 * rarely the longer it takes. Each is by chance up to a half shorter, so that not all ask at the same time. One thread
 * at a time.
 */
final class Pauses
{
    private static final int DOUBLINGS = 5;

    private final long leastNs;
    private final int part;
    private boolean isOn;
    private boolean isNews;
    private long sinceNs;
    private long untilNs;

    /**
     * @param leastNs the first pause; the longest is 32 times as long.
     * @param part    of the time gone by that a pause is.
     */
    Pauses(final long leastNs, final int part)
    {
        this.leastNs = leastNs;
        this.part = part;
    }

    /**
     * May it be asked now?
     */
    boolean areOver(final long nowNs)
    {
        return !isOn || nowNs - untilNs >= 0;
    }

    /**
     * It is asked now. Where nobody wanted to for a while, or there was news, that is the first time.
     *
     * @param chance gives a number from 0 to below its bound.
     */
    void begin(final long nowNs, final LongUnaryOperator chance)
    {
        final long mostNs = leastNs << DOUBLINGS;
        if (!isOn || isNews || nowNs - untilNs >= mostNs)
        {
            sinceNs = nowNs;
        }
        isOn = true;
        isNews = false;
        final long pauseNs = Math.max(leastNs, Math.min(mostNs, (nowNs - sinceNs) / part));
        untilNs = nowNs + pauseNs - chance.applyAsLong(pauseNs / 2);
    }

    /**
     * There is news: the pause goes on, and the next one is the first.
     */
    void onNews()
    {
        isNews = true;
    }

    /**
     * It may be asked at once.
     */
    void end()
    {
        isOn = false;
    }
}
