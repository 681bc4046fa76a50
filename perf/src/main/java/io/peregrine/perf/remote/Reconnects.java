package io.peregrine.perf.remote;

import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Medians;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long it took from the moment at which a restarted node served to the first call that it answered.
 *
 * @param mode   how clients reach the node.
 * @param tookMs of each restart.
 */
public record Reconnects(String mode, double[] tookMs)
{
    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"reconnect\",\"mode\":" + JsonLines.text(mode) +
            ",\"restarts\":" + tookMs.length +
            ",\"reconnect_ms\":" + JsonLines.number(Medians.of(tookMs)) +
            ",\"max_ms\":" + JsonLines.number(longest()) +
            ",\"verdict\":\"OK\"}";
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
            "reconnect: first call answered %.0f ms after the node served again (median of %d, at most %.0f ms)",
            Medians.of(tookMs), tookMs.length, longest());
    }

    private double longest()
    {
        return Arrays.stream(tookMs).max().orElse(Double.NaN);
    }
}
