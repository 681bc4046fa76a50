package io.peregrine.node.command;

import java.util.List;
import java.util.Locale;

/**
 * One JSON object on one line, its fields in the order in which they are added.
 */
public final class Json
{
    private final StringBuilder text = new StringBuilder("{");

    /**
     * @param name  of the field.
     * @param value its text, or null.
     * @return this.
     */
    public Json field(final String name, final String value)
    {
        if (value == null)
        {
            return raw(name, "null");
        }
        name(name);
        quote(value);
        return this;
    }

    /**
     * @param name  of the field.
     * @param value its number.
     * @return this.
     */
    public Json field(final String name, final long value)
    {
        return raw(name, Long.toString(value));
    }

    /**
     * @param name  of the field.
     * @param value its truth.
     * @return this.
     */
    public Json field(final String name, final boolean value)
    {
        return raw(name, Boolean.toString(value));
    }

    /**
     * @param name  of the field.
     * @param value its number, which is written with one decimal.
     * @return this.
     */
    public Json field(final String name, final double value)
    {
        return raw(name, String.format(Locale.ROOT, "%.1f", value));
    }

    /**
     * @param name   of the field.
     * @param values its texts.
     * @return this.
     */
    public Json field(final String name, final List<String> values)
    {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++)
        {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    /**
     * @return the object on one line, without the line's end.
     */
    @Override
    public String toString()
    {
        return text + "}";
    }

    private Json raw(final String name, final String value)
    {
        name(name);
        text.append(value);
        return this;
    }

    private void name(final String name)
    {
        if (text.length() > 1)
        {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(final String value)
    {
        text.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\')
            {
                text.append('\\').append(c);
            }
            else if (c < ' ')
            {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
            else
            {
                text.append(c);
            }
        }
        text.append('"');
    }
}
