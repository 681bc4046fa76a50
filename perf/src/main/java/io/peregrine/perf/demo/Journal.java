package io.peregrine.perf.demo;

import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Result;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What the demo prints: a line for each step, and a mark on each that came out wrong.
 */
final class Journal
{
    private static final String ROW = "  %-18s %10s %10s %10s %10s %14s";
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private int wrong;

    Journal(final PrintWriter out)
    {
        this.out = out;
    }

    void line(final String text)
    {
        out.println(text);
        out.flush();
    }

    /**
     * A step is done.
     *
     * @param right  whether every answer was as it must be.
     * @param step   in a word.
     * @param format of what happened.
     */
    void step(final boolean right, final String step, final String format, final Object... arguments)
    {
        wrong += right ? 0 : 1;
        final String text = String.format(Locale.ROOT, format, arguments);
        line(String.format(Locale.ROOT, "  %-18s %s%s", step, text, right ? "" : "   <-- WRONG"));
    }

    /**
     * A table of latencies in microseconds.
     */
    void latencies(final List<Result> results)
    {
        line(String.format(Locale.ROOT, ROW, "us", "p50", "p99", "p99.9", "max", "a second"));
        for (final Result result : results)
        {
            final Measurement measured = result.subject();
            line(String.format(Locale.ROOT, ROW, result.name(), us(measured.p50Us()), us(measured.p99Us()),
                us(measured.p999Us()), us(measured.maxUs()),
                String.format(Locale.ROOT, "%,.0f", NS_PER_S / measured.nsPerOp())));
        }
    }

    private static String us(final double value)
    {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    int wrong()
    {
        return wrong;
    }
}
