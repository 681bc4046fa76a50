package io.peregrine.client.config;

/**
 * How the value of a setting is read, checked and shown.
 *
 * @param <T> type of the value.
 */
interface ValueType<T>
{
    /**
     * @param text as given by the user, without space around it.
     * @return the value, not yet checked.
     * @throws IllegalArgumentException when the text does not mean a value of this type.
     */
    T parse(String text);

    /**
     * @param value to check.
     * @return true when it is within {@link #range()}.
     */
    boolean accepts(T value);

    /**
     * @param value that is not accepted.
     * @return what is wrong with it, more exactly than {@link #range()} says what would be right; null for nothing.
     */
    default String problem(final T value)
    {
        return null;
    }

    /**
     * @param value to show.
     * @return text that {@link #parse(String)} reads back as the same value.
     */
    String format(T value);

    /**
     * @return what is accepted, with its unit, as it completes the sentence "it must be ...".
     */
    String range();
}
