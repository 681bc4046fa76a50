package io.peregrine.client.config;

import java.util.function.Predicate;

/**
 * A text of a given form.
 */
final class TextType implements ValueType<String>
{
    private final Predicate<String> form;
    private final String range;

    TextType(final Predicate<String> form, final String range)
    {
        this.form = form;
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
        return form.test(value);
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
