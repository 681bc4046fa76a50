package io.peregrine.perf.grid;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Samples;

import java.util.Locale;

/**
 * How long partitions did not acknowledge writes.
 *
 * @param name           of what befell nodes.
 * @param times          that it did.
 * @param stalls         of every partition that it hit, each time.
 * @param longest        of each time.
 * @param acknowledged   writes, of all partitions.
 * @param unacknowledged writes that were refused or had an unknown outcome.
 * @param lost           partitions that lack an acknowledged write in the end.
 * @param hiccups        part of the time of the outages that the machine took away, 0 to 1.
 */
public record FailoverReport(
    String name,
    int times,
    Samples stalls,
    Samples longest,
    long acknowledged,
    long unacknowledged,
    int lost,
    double hiccups)
{
    private static final double MOST_HICCUPS = 0.1;
    private static final double HALF = 50;
    private static final double NEARLY_ALL = 99;
    private static final double ALL = 100;

    /**
     * Is nothing lost?
     *
     * @return whether it is so.
     */
    public boolean isWhole()
    {
        return lost == 0;
    }

    private String verdict()
    {
        return isWhole() && stalls.count() > 0 && hiccups <= MOST_HICCUPS ? "OK" : "INVALID";
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":" + JsonLines.text("failover " + name) +
            ",\"mode\":\"udp\",\"times\":" + times +
            ",\"partitions\":" + stalls.count() +
            ",\"p50_ms\":" + JsonLines.number(stalls.percentileMs(HALF)) +
            ",\"p99_ms\":" + JsonLines.number(stalls.percentileMs(NEARLY_ALL)) +
            ",\"max_ms\":" + JsonLines.number(stalls.percentileMs(ALL)) +
            ",\"last_p50_ms\":" + JsonLines.number(longest.percentileMs(HALF)) +
            ",\"acknowledged\":" + acknowledged +
            ",\"unacknowledged\":" + unacknowledged +
            ",\"lost\":" + lost +
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
            "%s, %d times: %,d partitions did not acknowledge writes for %.0f ms (p50), %.0f (p99), %.0f at most, " +
            "the last of each time for %.0f (p50); %,d writes acknowledged, %,d not, %d partitions lost one; the " +
            "machine took %.0f %% of the time away: %s",
            name, times, stalls.count(), stalls.percentileMs(HALF), stalls.percentileMs(NEARLY_ALL),
            stalls.percentileMs(ALL), longest.percentileMs(HALF), acknowledged, unacknowledged, lost,
            hiccups * ALL, verdict());
    }
}
