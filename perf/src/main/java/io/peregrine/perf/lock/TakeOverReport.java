package io.peregrine.perf.lock;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Samples;

import java.util.Locale;

/**
 * How long after the end of a killed holder's lease the next in line had the lock.
 *
 * @param times   that a holder was killed.
 * @param leaseMs of the holders.
 * @param beyond  its end.
 * @param hiccups part of the time that the machine took away, 0 to 1.
 */
public record TakeOverReport(int times, long leaseMs, Samples beyond, double hiccups)
{
    private static final double MOST_HICCUPS = 0.1;
    private static final double HALF = 50;
    private static final double ALL = 100;

    private String verdict()
    {
        return hiccups <= MOST_HICCUPS && beyond.count() > 0 ? "OK" : "INVALID";
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"take-over\",\"mode\":\"udp\",\"times\":" + times +
            ",\"lease_ms\":" + leaseMs +
            ",\"p50_ms\":" + JsonLines.number(beyond.percentileMs(HALF)) +
            ",\"max_ms\":" + JsonLines.number(beyond.percentileMs(ALL)) +
            ",\"hiccups\":" + JsonLines.number(hiccups) +
            ",\"verdict\":" + JsonLines.text(verdict()) + "}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT,
            "take-over of %d killed holders: %.1f ms beyond the end of their lease (p50), %.1f at most; the machine " +
            "took %.0f %% of the time away: %s",
            times, beyond.percentileMs(HALF), beyond.percentileMs(ALL), hiccups * ALL, verdict());
    }
}
