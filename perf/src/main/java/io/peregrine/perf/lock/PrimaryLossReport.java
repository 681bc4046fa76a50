package io.peregrine.perf.lock;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Samples;

import java.util.Locale;

/**
 * How much longer than an entry of its partition a lock was out of use when the partition's primary was killed.
 *
 * @param times    that one was killed.
 * @param outages  of writes to an entry of the partition, from the kill.
 * @param released from the kill to the next in line, where the holder let go then; less the outage.
 * @param ended    from the end of the holder's lease to the next in line; less the outage, by which leases end late.
 * @param hiccups  part of the time that the machine took away, 0 to 1.
 */
public record PrimaryLossReport(int times, Samples outages, Samples released, Samples ended, double hiccups)
{
    private static final double MOST_HICCUPS = 0.1;
    private static final double HALF = 50;
    private static final double ALL = 100;

    private String verdict()
    {
        return hiccups <= MOST_HICCUPS && outages.count() > 0 ? "OK" : "INVALID";
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"take-over from a lost primary\",\"mode\":\"udp\",\"times\":" + times +
            json("", released) +
            json("lease_", ended) +
            json("outage_", outages) +
            ",\"hiccups\":" + JsonLines.number(hiccups) +
            ",\"verdict\":" + JsonLines.text(verdict()) + "}";
    }

    private static String json(final String what, final Samples samples)
    {
        return ",\"" + what + "p50_ms\":" + JsonLines.number(samples.percentileMs(HALF)) +
            ",\"" + what + "max_ms\":" + JsonLines.number(samples.percentileMs(ALL));
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
            "%d killed primaries: writes to the partition were out for %.0f ms (p50), %.0f at most; a lock that was " +
            "released then %.1f ms longer, %.1f at most; one whose lease ended later came that much later and " +
            "%.1f ms, %.1f at most; the machine took %.0f %% of the time away: %s",
            times, outages.percentileMs(HALF), outages.percentileMs(ALL), released.percentileMs(HALF),
            released.percentileMs(ALL), ended.percentileMs(HALF), ended.percentileMs(ALL), hiccups * ALL, verdict());
    }
}
