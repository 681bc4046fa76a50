package io.peregrine.node.command.dump;

/**
 * Text within a field of a tab-separated line: tab, line feed, carriage return and backslash are written as
 * {@code \t}, {@code \n}, {@code \r} and {@code \\}; everything else stands for itself.
 */
public final class Escapes
{
    private Escapes()
    {
    }

    /**
     * @param text any.
     * @return for a field.
     */
    public static String escape(final String text)
    {
        final StringBuilder field = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            switch (c)
            {
                case '\t':
                    field.append("\\t");
                    break;
                case '\n':
                    field.append("\\n");
                    break;
                case '\r':
                    field.append("\\r");
                    break;
                case '\\':
                    field.append("\\\\");
                    break;
                default:
                    field.append(c);
                    break;
            }
        }
        return field.length() == text.length() ? text : field.toString();
    }

    /**
     * @param field of a line.
     * @return the text.
     * @throws IllegalArgumentException with a message for the user, when a backslash has another letter behind it.
     */
    static String unescape(final String field)
    {
        if (field.indexOf('\\') < 0)
        {
            return field;
        }
        final StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++)
        {
            final char c = field.charAt(i);
            if (c != '\\')
            {
                text.append(c);
                continue;
            }
            i++;
            text.append(meant(i < field.length() ? field.charAt(i) : ' '));
        }
        return text.toString();
    }

    private static char meant(final char letter)
    {
        switch (letter)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case '\\':
                return '\\';
            default:
                throw new IllegalArgumentException(
                    "a backslash stands before '" + letter + "', and only \\t, \\n, \\r and \\\\ mean something");
        }
    }
}
