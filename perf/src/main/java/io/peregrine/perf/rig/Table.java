package io.peregrine.perf.rig;

import java.util.List;
import java.util.Locale;

/**
 * Results as a table for people.
 */
public final class Table
{
    private static final String ROW = "%-24s %9s %9s %9s %9s %9s %12s %8s%n";

    private Table()
    {
    }

    /**
     * Subject and floor of each result on a line of their own, then the ratios, the spread and the verdict.
     *
     * @param results to print.
     * @return several lines, ended.
     */
    public static String of(final List<Result> results)
    {
        final StringBuilder out = new StringBuilder();
        out.append(String.format(
            Locale.ROOT, ROW, "", "ns/op", "p50 us", "p99 us", "p99.9 us", "max us", "ops/s", "bytes/op"));
        for (final Result result : results)
        {
            line(out, result.name(), result.subject());
            if (result.floor() != null)
            {
                line(out, "  " + result.floorName(), result.floor());
                out.append(String.format(
                    Locale.ROOT,
                    "  ratio %.2f (p50 %.2f, p99 %.2f), spread %.0f %% over the rounds: %s%n",
                    result.ratio(),
                    result.ratioP50(),
                    result.ratioP99(),
                    result.spread() * 100,
                    result.verdict().word()));
            }
            else
            {
                out.append(String.format(
                    Locale.ROOT, "  spread %.0f %%: %s%n", result.spread() * 100, result.verdict().word()));
            }

            for (final String reason : result.verdict().reasons())
            {
                out.append("    ").append(reason).append(System.lineSeparator());
            }
        }

        return out.toString();
    }

    private static void line(final StringBuilder out, final String name, final Measurement side)
    {
        out.append(String.format(
            Locale.ROOT,
            ROW,
            name,
            decimal(side.nsPerOp()),
            decimal(side.p50Us()),
            decimal(side.p99Us()),
            decimal(side.p999Us()),
            decimal(side.maxUs()),
            String.format(Locale.ROOT, "%,.0f", side.opsPerSecond()),
            decimal(side.bytesPerOp())));
    }

    private static String decimal(final double value)
    {
        return Double.isNaN(value) ? "-" :
            String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%.0f", value);
    }
}
