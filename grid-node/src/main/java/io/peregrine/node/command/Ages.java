package io.peregrine.node.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times and durations as people read them.
 */
final class Ages
{
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private Ages()
    {
    }

    static String duration(final long ms)
    {
        if (ms < MINUTE_MS)
        {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, ms) / (double) SECOND_MS);
        }
        if (ms < HOUR_MS)
        {
            return ms / MINUTE_MS + " min " + ms % MINUTE_MS / SECOND_MS + " s";
        }
        if (ms < DAY_MS)
        {
            return ms / HOUR_MS + " h " + ms % HOUR_MS / MINUTE_MS + " min";
        }
        return ms / DAY_MS + " d " + ms % DAY_MS / HOUR_MS + " h";
    }

    /**
     * @return a moment in UTC, to the second.
     */
    static String moment(final long epochMs)
    {
        return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
