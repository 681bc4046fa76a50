package io.peregrine.perf.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One quantity over time. It is flat when the median of its last quarter is not above that of its second quarter by
 * more than is allowed; the first quarter is for warming up. One thread.
 */
final class Trend
{
    private final List<Long> values = new ArrayList<>();
    private final String name;
    private final double share;
    private final long more;

    /**
     * A quantity.
     *
     * @param name  of it.
     * @param share that it may grow by, of what it was.
     * @param more  that it may grow by besides.
     */
    Trend(final String name, final double share, final long more)
    {
        this.name = name;
        this.share = share;
        this.more = more;
    }

    void add(final long value)
    {
        values.add(value);
    }

    long before()
    {
        return median(values.size() / 4, values.size() / 2);
    }

    long after()
    {
        return median(values.size() * 3 / 4, values.size());
    }

    /**
     * @return whether it does not grow; false too when there are too few values to tell.
     */
    boolean isFlat()
    {
        return values.size() >= 8 && after() <= before() * (1 + share) + more;
    }

    String line()
    {
        return String.format(Locale.ROOT, "  %-26s %,12d %,12d   %s", name, before(), after(),
            isFlat() ? "flat" : values.size() < 8 ? "TOO FEW SAMPLES" : "GROWS");
    }

    String json()
    {
        return String.format(Locale.ROOT, "{\"name\":\"%s\",\"before\":%d,\"after\":%d,\"flat\":%b}",
            name, before(), after(), isFlat());
    }

    private long median(final int from, final int to)
    {
        final long[] sorted = values.subList(from, to).stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
