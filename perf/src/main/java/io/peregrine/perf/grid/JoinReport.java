package io.peregrine.perf.grid;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Samples;

import java.util.Locale;

/**
 * What callers felt of a node that joined.
 *
 * @param entries   of the map.
 * @param threads   that drove load.
 * @param rate      operations a second that were due.
 * @param before    times of operations before.
 * @param during    times of those that were due until everything was where it is to be.
 * @param servingNs from the word to join until the node served.
 * @param movedNs   from the word to join until everything was where it is to be.
 * @param wrong     answers, or entries in the end, that were wrong or missing.
 * @param hiccups   part of the time before that the machine took away, 0 to 1.
 */
public record JoinReport(
    int entries,
    int threads,
    double rate,
    Samples before,
    Samples during,
    long servingNs,
    long movedNs,
    long wrong,
    double hiccups)
{
    private static final double MOST_HICCUPS = 0.1;
    private static final double HALF = 50;
    private static final double NEARLY_ALL = 99;
    private static final double ALL = 100;
    private static final double NS_PER_S = 1e9;

    private double ratio()
    {
        return during.percentileMs(NEARLY_ALL) / before.percentileMs(NEARLY_ALL);
    }

    private String verdict()
    {
        return wrong == 0 && before.count() > 0 && during.count() > 0 && hiccups <= MOST_HICCUPS ? "OK" : "INVALID";
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"join\",\"mode\":\"udp\",\"entries\":" + entries +
            ",\"threads\":" + threads +
            ",\"rate\":" + JsonLines.number(rate) +
            ",\"before_p50_ms\":" + JsonLines.number(before.percentileMs(HALF)) +
            ",\"before_p99_ms\":" + JsonLines.number(before.percentileMs(NEARLY_ALL)) +
            ",\"p50_ms\":" + JsonLines.number(during.percentileMs(HALF)) +
            ",\"p99_ms\":" + JsonLines.number(during.percentileMs(NEARLY_ALL)) +
            ",\"max_ms\":" + JsonLines.number(during.percentileMs(ALL)) +
            ",\"ratio_p99\":" + JsonLines.number(ratio()) +
            ",\"serving_s\":" + JsonLines.number(servingNs / NS_PER_S) +
            ",\"moved_s\":" + JsonLines.number(movedNs / NS_PER_S) +
            ",\"wrong\":" + wrong +
            ",\"hiccups\":" + JsonLines.number(hiccups) +
            ",\"verdict\":" + JsonLines.text(verdict()) + "}";
    }

    /**
     * For people.
     *
     * @return several lines, the last one not ended.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT,
            "join: %,d entries, %.0f operations a second by %d threads%n" +
            "  before  p50 %.2f ms, p99 %.2f, at most %.2f%n" +
            "  while   p50 %.2f ms, p99 %.2f, at most %.2f%n" +
            "  the node served after %.1f s, and everything was where it is to be after %.1f s%n" +
            "  ratio at p99 %.2f, %,d wrong; the machine took %.0f %% of the time before away: %s",
            entries, rate, threads,
            before.percentileMs(HALF), before.percentileMs(NEARLY_ALL), before.percentileMs(ALL),
            during.percentileMs(HALF), during.percentileMs(NEARLY_ALL), during.percentileMs(ALL),
            servingNs / NS_PER_S, movedNs / NS_PER_S, ratio(), wrong, hiccups * ALL, verdict());
    }

    /**
     * Is everything right?
     *
     * @return whether it is so.
     */
    public boolean isRight()
    {
        return wrong == 0;
    }
}
