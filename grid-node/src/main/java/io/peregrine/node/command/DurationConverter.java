package io.peregrine.node.command;

import org.agrona.SystemUtil;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a duration, such as a time to live, into nanoseconds.
 */
public final class DurationConverter implements ITypeConverter<Long>
{
    @Override
    public Long convert(final String text)
    {
        try
        {
            final long ns = SystemUtil.parseDuration("duration", text);
            if (ns > 0)
            {
                return ns;
            }
        }
        catch (final NumberFormatException notADuration)
        {
            throw refusal(text);
        }
        throw refusal(text);
    }

    private static TypeConversionException refusal(final String text)
    {
        return new TypeConversionException("'" + text + "' is not a duration in ns, us, ms or s, such as 30s");
    }
}
