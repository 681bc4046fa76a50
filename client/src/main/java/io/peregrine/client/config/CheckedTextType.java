package io.peregrine.client.config;

import java.util.function.Function;

/**
 * A text whose form is checked by somebody who says what is wrong with it.
 */
final class CheckedTextType implements ValueType<String>
{
    private final Function<String, String> checker;
    private final String range;

    /**
     * @param checker says what is wrong with a text, null for nothing.
     */
    CheckedTextType(final Function<String, String> checker, final String range)
    {
        this.checker = checker;
        this.range = range;
    }

    @Override
    public String parse(final String text)
    {
        return text;
    }

    @Override
    public boolean accepts(final String value)
    {
        return checker.apply(value) == null;
    }

    @Override
    public String problem(final String value)
    {
        return checker.apply(value);
    }

    @Override
    public String format(final String value)
    {
        return value;
    }

    @Override
    public String range()
    {
        return range;
    }
}
