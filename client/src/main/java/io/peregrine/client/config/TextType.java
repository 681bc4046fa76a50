package io.peregrine.client.config;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A text of a given form.
 */
final class TextType implements ValueType<String>
{
    private final Predicate<String> form;
    private final Function<String, String> checker;
    private final String range;

    /**
     * @param checker says what is wrong with a text that has not the form; null for nothing more than that.
     */
    TextType(final Predicate<String> form, final Function<String, String> checker, final String range)
    {
        this.form = form;
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
        return form.test(value);
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
