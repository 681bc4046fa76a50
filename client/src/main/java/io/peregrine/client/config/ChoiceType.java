package io.peregrine.client.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of a few named values, written in lower case; the case of what the user writes does not matter.
 *
 * @param <T> type of the values.
 */
final class ChoiceType<T> implements ValueType<T>
{
    private final Map<String, T> values = new LinkedHashMap<>();

    ChoiceType(final List<T> choices)
    {
        choices.forEach(choice -> values.put(nameOf(choice), choice));
    }

    @Override
    public T parse(final String text)
    {
        final T value = values.get(nameOf(text));
        if (value == null)
        {
            throw new IllegalArgumentException("not one of the choices");
        }
        return value;
    }

    @Override
    public boolean accepts(final T value)
    {
        return values.containsValue(value);
    }

    @Override
    public String format(final T value)
    {
        return nameOf(value);
    }

    @Override
    public String range()
    {
        return "one of " + String.join(", ", values.keySet());
    }

    private static String nameOf(final Object value)
    {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
