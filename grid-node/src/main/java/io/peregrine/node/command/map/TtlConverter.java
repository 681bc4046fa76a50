package io.peregrine.node.command.map;

import org.agrona.SystemUtil;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time to live into nanoseconds.
 */
final class TtlConverter implements ITypeConverter<Long>
{
    @Override
    public Long convert(final String text)
    {
        try
        {
            final long ns = SystemUtil.parseDuration("ttl", text);
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
