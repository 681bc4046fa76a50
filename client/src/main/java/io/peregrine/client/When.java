package io.peregrine.client;

import io.peregrine.client.codec.Condition;
import java.util.Objects;

/**
 * A condition of a command in a batch. Immutable.
 */
public final class When
{
    /**
     * No condition.
     */
    public static final When ALWAYS = new When(Condition.NONE, 0, null);
    /**
     * There is no entry.
     */
    public static final When ABSENT = new When(Condition.ABSENT, 0, null);
    /**
     * There is an entry.
     */
    public static final When PRESENT = new When(Condition.PRESENT, 0, null);

    final Condition condition;
    final long version;
    final Object value;

    private When(final Condition condition, final long version, final Object value)
    {
        this.condition = condition;
        this.version = version;
        this.value = value;
    }

    /**
     * There is an entry of this version.
     *
     * @param version expected.
     * @return the condition.
     */
    public static When version(final long version)
    {
        return new When(Condition.VERSION_EQUALS, version, null);
    }

    /**
     * There is an entry with this value.
     *
     * @param value expected, of the type of the map's values.
     * @return the condition.
     */
    public static When value(final Object value)
    {
        return new When(Condition.VALUE_EQUALS, 0, Objects.requireNonNull(value, "value"));
    }
}
