package io.peregrine.client.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One setting: its name, type, default, range, unit and description, said here once and nowhere else. Immutable.
 * <p>
 * The name is lower-case words with dots, {@code memory.limit}: so it stands in a properties file. The environment
 * variable is {@code PEREGRINE_MEMORY_LIMIT}, the system property {@code peregrine.memory.limit}.
 *
 * @param <T> type of the value.
 */
public final class Setting<T>
{
    /**
     * What every environment variable with a setting begins with.
     */
    public static final String ENVIRONMENT_PREFIX = "PEREGRINE_";

    /**
     * What every system property with a setting begins with.
     */
    public static final String PROPERTY_PREFIX = "peregrine.";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*");

    private final String name;
    private final ValueType<T> type;
    private final Supplier<T> defaultValue;
    private final String defaultText;
    private final String description;

    private Setting(
        final String name,
        final ValueType<T> type,
        final Supplier<T> defaultValue,
        final String defaultText,
        final String description)
    {
        if (!NAME.matcher(name).matches())
        {
            throw new IllegalArgumentException("name of a setting: " + name);
        }
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
        this.description = Objects.requireNonNull(description, "description");
    }

    private static <T> Setting<T> of(
        final String name, final ValueType<T> type, final T defaultValue, final String description)
    {
        if (!type.accepts(defaultValue))
        {
            throw new IllegalArgumentException("default of " + name + ": must be " + type.range());
        }
        return new Setting<>(name, type, () -> defaultValue, type.format(defaultValue), description);
    }

    /**
     * A whole number.
     *
     * @param name         of the setting.
     * @param defaultValue where nobody sets it.
     * @param min          least that is accepted.
     * @param max          most that is accepted.
     * @param description  a sentence that says what is counted.
     * @return the setting.
     */
    public static Setting<Integer> count(
        final String name, final int defaultValue, final int min, final int max, final String description)
    {
        return of(name, NumberType.count(min, max), defaultValue, description);
    }

    /**
     * A size in bytes, written as 64m.
     *
     * @param name         of the setting.
     * @param defaultValue where nobody sets it, in bytes.
     * @param min          least that is accepted, in bytes.
     * @param max          most that is accepted, in bytes.
     * @param description  a sentence that says of what.
     * @return the setting.
     */
    public static Setting<Long> size(
        final String name, final long defaultValue, final long min, final long max, final String description)
    {
        return of(name, NumberType.size(min, max), defaultValue, description);
    }

    /**
     * A duration in nanoseconds, written as 5s.
     *
     * @param name        of the setting.
     * @param defaultNs   where nobody sets it, in nanoseconds.
     * @param minNs       least that is accepted, in nanoseconds.
     * @param maxNs       most that is accepted, in nanoseconds.
     * @param description a sentence that says of what.
     * @return the setting.
     */
    public static Setting<Long> duration(
        final String name, final long defaultNs, final long minNs, final long maxNs, final String description)
    {
        return of(name, NumberType.duration(minNs, maxNs), defaultNs, description);
    }

    /**
     * Yes or no, written as true or false.
     *
     * @param name         of the setting.
     * @param defaultValue where nobody sets it.
     * @param description  a sentence that says what is switched.
     * @return the setting.
     */
    public static Setting<Boolean> flag(final String name, final boolean defaultValue, final String description)
    {
        return of(name, new ChoiceType<>(List.of(true, false)), defaultValue, description);
    }

    /**
     * One of the constants of an enum, written in lower case.
     *
     * @param name         of the setting.
     * @param choices      the enum.
     * @param defaultValue where nobody sets it.
     * @param description  a sentence that says what is chosen.
     * @param <E>          type of the enum.
     * @return the setting.
     */
    public static <E extends Enum<E>> Setting<E> choice(
        final String name, final Class<E> choices, final E defaultValue, final String description)
    {
        return of(name, new ChoiceType<>(List.of(choices.getEnumConstants())), defaultValue, description);
    }

    /**
     * A text.
     *
     * @param name         of the setting.
     * @param defaultValue where nobody sets it.
     * @param form         says whether a text is accepted.
     * @param range        what is accepted, as it completes "it must be ...".
     * @param description  a sentence that says of what.
     * @return the setting.
     */
    public static Setting<String> text(
        final String name,
        final String defaultValue,
        final Predicate<String> form,
        final String range,
        final String description)
    {
        return of(name, new TextType(form, (text) -> null, range), defaultValue, description);
    }

    /**
     * A text whose form has more to it than its range can say.
     *
     * @param name         of the setting.
     * @param defaultValue where nobody sets it.
     * @param checker      says what is wrong with a text; null for nothing.
     * @param range        what is accepted, as it completes "it must be ...".
     * @param description  a sentence that says of what.
     * @return the setting.
     */
    public static Setting<String> checkedText(
        final String name,
        final String defaultValue,
        final Function<String, String> checker,
        final String range,
        final String description)
    {
        return of(name, new TextType((text) -> checker.apply(text) == null, checker, range), defaultValue, description);
    }

    /**
     * @param computed the default, found out on this machine when the setting is resolved.
     * @param what     how it is found out, for the reference page.
     * @return the same setting with a default that is computed.
     */
    public Setting<T> withDefault(final Supplier<T> computed, final String what)
    {
        return new Setting<>(name, type, computed, what, description);
    }

    /**
     * @return the name as it stands in a properties file.
     */
    public String name()
    {
        return name;
    }

    /**
     * @return name of the environment variable.
     */
    public String environmentName()
    {
        return ENVIRONMENT_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * @return name of the system property.
     */
    public String propertyName()
    {
        return PROPERTY_PREFIX + name;
    }

    /**
     * @return what it means.
     */
    public String description()
    {
        return description;
    }

    /**
     * @return what is accepted, with its unit.
     */
    public String range()
    {
        return type.range();
    }

    /**
     * @return the default as the reference page shows it.
     */
    public String defaultText()
    {
        return defaultText;
    }

    /**
     * @return the default on this machine.
     */
    public T defaultValue()
    {
        return defaultValue.get();
    }

    /**
     * @param value to show.
     * @return text that is read back as the same value.
     */
    public String format(final T value)
    {
        return type.format(value);
    }

    /**
     * @param text  as the user gave it.
     * @param where it was found, to be named in an error.
     * @return the value.
     * @throws ConfigurationException when it is not accepted.
     */
    public T parse(final String text, final String where)
    {
        final String trimmed = text.trim();
        final T value;
        try
        {
            value = type.parse(trimmed);
        }
        catch (final IllegalArgumentException notAValue)
        {
            throw refusal(trimmed, where, null);
        }
        if (!type.accepts(value))
        {
            throw refusal(trimmed, where, type.problem(value));
        }
        return value;
    }

    /**
     * @param value as the program gave it.
     * @return the same value.
     * @throws ConfigurationException when it is not accepted.
     */
    public T check(final T value)
    {
        if (value == null || !type.accepts(value))
        {
            throw refusal(
                value == null ? "null" : type.format(value), "the builder", value == null ? null : type.problem(value));
        }
        return value;
    }

    @Override
    public String toString()
    {
        return name;
    }

    private ConfigurationException refusal(final String text, final String where, final String problem)
    {
        return new ConfigurationException(
            name + " = '" + text + "' (from " + where + "): " + (problem == null ? "" : problem + "; ") +
            "it must be " + range() + "; the default is " +
            (defaultText.isEmpty() ? "empty" : defaultText) + ".");
    }
}
