package io.peregrine.client.config;

import org.agrona.SystemUtil;

import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * A number within bounds: a count, a size in bytes, or a duration in nanoseconds.
 *
 * @param <T> boxed type of the number.
 */
final class NumberType<T extends Number> implements ValueType<T>
{
    private final String what;
    private final ToLongFunction<String> parser;
    private final LongFunction<String> formatter;
    private final LongFunction<T> box;
    private final long min;
    private final long max;

    private NumberType(
        final String what,
        final ToLongFunction<String> parser,
        final LongFunction<String> formatter,
        final LongFunction<T> box,
        final long min,
        final long max)
    {
        if (min > max)
        {
            throw new IllegalArgumentException("min " + min + " is above max " + max);
        }
        this.what = what;
        this.parser = parser;
        this.formatter = formatter;
        this.box = box;
        this.min = min;
        this.max = max;
    }

    static NumberType<Integer> count(final int min, final int max)
    {
        return new NumberType<>("a whole number", Long::parseLong, Long::toString, Math::toIntExact, min, max);
    }

    static NumberType<Long> size(final long min, final long max)
    {
        return new NumberType<>("a size in bytes, k, m or g, such as 64m",
            text -> SystemUtil.parseSize("size", text), SystemUtil::formatSize, Long::valueOf, min, max);
    }

    static NumberType<Long> duration(final long minNs, final long maxNs)
    {
        return new NumberType<>("a duration in ns, us, ms or s, such as 5s",
            NumberType::parseDuration, SystemUtil::formatDuration, Long::valueOf, minNs, maxNs);
    }

    @Override
    public T parse(final String text)
    {
        final long value = parser.applyAsLong(text);
        // Checked before boxing, so that a number too large for its type is out of range and not an overflow.
        if (value < min || value > max)
        {
            throw new IllegalArgumentException("out of range");
        }
        return box.apply(value);
    }

    @Override
    public boolean accepts(final T value)
    {
        return value.longValue() >= min && value.longValue() <= max;
    }

    @Override
    public String format(final T value)
    {
        return formatter.apply(value.longValue());
    }

    @Override
    public String range()
    {
        return what + ", from " + formatter.apply(min) + " to " + formatter.apply(max);
    }

    private static long parseDuration(final String text)
    {
        if (text.isEmpty() || Character.isDigit(text.charAt(text.length() - 1)) && !"0".equals(text))
        {
            throw new NumberFormatException("a duration needs a unit");
        }
        return SystemUtil.parseDuration("duration", text);
    }
}
