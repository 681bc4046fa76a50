package io.peregrine.perf.rig;

import java.util.Locale;

/**
 * Results as JSON, one object a line, always with the same fields in the same order.
 */
public final class JsonLines
{
    private JsonLines()
    {
    }

    /**
     * One result.
     *
     * @param result to print.
     * @return an object on one line, without the line's end. What there is no floor for is null.
     */
    public static String of(final Result result)
    {
        final Measurement subject = result.subject();
        return "{\"name\":" + text(result.name()) +
            ",\"mode\":" + text(result.mode()) +
            ",\"threads\":" + result.threads() +
            ",\"rate\":" + result.rate() +
            ",\"ns_per_op\":" + number(subject.nsPerOp()) +
            ",\"p50_us\":" + number(subject.p50Us()) +
            ",\"p99_us\":" + number(subject.p99Us()) +
            ",\"p999_us\":" + number(subject.p999Us()) +
            ",\"max_us\":" + number(subject.maxUs()) +
            ",\"ops_per_s\":" + number(subject.opsPerSecond()) +
            ",\"bytes_per_op\":" + number(subject.bytesPerOp()) +
            ",\"verdict\":" + text(result.verdict().word()) +
            ",\"floor\":" + floor(result) +
            ",\"ratio\":" + number(result.ratio()) +
            ",\"ratio_p50\":" + number(result.ratioP50()) +
            ",\"ratio_p99\":" + number(result.ratioP99()) + "}";
    }

    private static String floor(final Result result)
    {
        final Measurement floor = result.floor();
        if (floor == null)
        {
            return "null";
        }

        return "{\"name\":" + text(result.floorName()) +
            ",\"ns_per_op\":" + number(floor.nsPerOp()) +
            ",\"p50_us\":" + number(floor.p50Us()) +
            ",\"p99_us\":" + number(floor.p99Us()) +
            ",\"p999_us\":" + number(floor.p999Us()) +
            ",\"ops_per_s\":" + number(floor.opsPerSecond()) + "}";
    }

    /**
     * A number with three digits after the point, or null where there is none.
     *
     * @param value to print.
     * @return its text, whatever the locale.
     */
    public static String number(final double value)
    {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null";
    }

    /**
     * A string in quotes.
     *
     * @param value to print.
     * @return its text.
     */
    public static String text(final String value)
    {
        final StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\')
            {
                out.append('\\').append(c);
            }
            else if (c < ' ')
            {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
            else
            {
                out.append(c);
            }
        }

        return out.append('"').toString();
    }
}
