package io.peregrine.client.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All settings of one launchable thing, in the order of its reference page, and with them {@link #FILE}. Immutable.
 */
public final class SettingList
{
    /**
     * The properties file that settings are read from. It cannot stand in the file itself.
     */
    public static final Setting<String> FILE = Setting.text("config", "", text -> true,
        "the path of a properties file, or empty for none",
        "Properties file (UTF-8) that settings are read from, by their names in this table.");

    /**
     * Variables with our prefix that are no settings: they are read by the launcher.
     */
    private static final Set<String> RESERVED = Set.of("PEREGRINE_JAVA_OPTS");

    /**
     * What the names of a client's settings begin with. A process may be client and node at once, with one file and
     * one environment: each takes its own and passes over the other's.
     */
    private static final String CLIENT_GROUP = "client.";
    static final String COMMAND_LINE = "the command line";

    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final boolean ofClient;

    private SettingList(final boolean ofClient, final List<Setting<?>> settings)
    {
        this.ofClient = ofClient;
        add(FILE);
        settings.forEach(this::add);
    }

    /**
     * @param settings of the thing, in the order of its reference page, without {@link #FILE}.
     * @return the list.
     */
    public static SettingList of(final Setting<?>... settings)
    {
        return new SettingList(false, List.of(settings));
    }

    /**
     * @param settings of a client, whose names all begin with {@code client.}, without {@link #FILE}.
     * @return the list.
     */
    public static SettingList ofClient(final Setting<?>... settings)
    {
        return new SettingList(true, List.of(settings));
    }

    /**
     * @return all settings, in order.
     */
    public Collection<Setting<?>> all()
    {
        return Collections.unmodifiableCollection(byName.values());
    }

    /**
     * Look at an argument of the command line alone.
     *
     * @param name of a setting.
     * @param text for it.
     * @throws ConfigurationException when there is no such setting, or it does not accept that.
     */
    public void checkArgument(final String name, final String text)
    {
        byArgument(name).parse(text, COMMAND_LINE);
    }

    Setting<?> byArgument(final String name)
    {
        return known(byName, name, COMMAND_LINE);
    }

    /**
     * Finds the setting that an environment variable means.
     *
     * @param variable name of an environment variable.
     * @return the setting, or null when the variable is none of ours.
     * @throws ConfigurationException when it has our prefix and is unknown.
     */
    Setting<?> byVariable(final String variable)
    {
        if (!variable.startsWith(Setting.ENVIRONMENT_PREFIX) || RESERVED.contains(variable) ||
            !variable.equals(FILE.environmentName()) && ofClient !=
            variable.startsWith(Setting.ENVIRONMENT_PREFIX + CLIENT_GROUP.toUpperCase(Locale.ROOT).replace('.', '_')))
        {
            return null;
        }
        final Map<String, Setting<?>> variables = byName.values().stream()
            .collect(Collectors.toMap(Setting::environmentName, setting -> setting));
        return known(variables, variable, "the environment");
    }

    /**
     * Finds the setting that a system property means.
     *
     * @param property name of a system property.
     * @return the setting, or null when the property is none of ours.
     * @throws ConfigurationException when it has our prefix and is unknown.
     */
    Setting<?> byProperty(final String property)
    {
        if (!property.startsWith(Setting.PROPERTY_PREFIX) || !property.equals(FILE.propertyName()) &&
            ofClient != property.startsWith(Setting.PROPERTY_PREFIX + CLIENT_GROUP))
        {
            return null;
        }
        final Map<String, Setting<?>> properties = byName.values().stream()
            .collect(Collectors.toMap(Setting::propertyName, setting -> setting));
        return known(properties, property, "the system properties");
    }

    /**
     * Finds the setting that a key in a file means.
     *
     * @param key  in the file.
     * @param file shown in an error.
     * @return the setting, or null when it is not for this list.
     * @throws ConfigurationException when it is unknown, or must not stand in a file.
     */
    Setting<?> byKey(final String key, final String file)
    {
        if (FILE.name().equals(key))
        {
            throw new ConfigurationException(
                "'config' in " + file + ": a properties file cannot name another; remove the line.");
        }
        if (key.startsWith(Setting.PROPERTY_PREFIX))
        {
            throw new ConfigurationException(
                "'" + key + "' in " + file + ": in a file the name has no prefix, write '" +
                key.substring(Setting.PROPERTY_PREFIX.length()) + "'.");
        }
        return ofClient == key.startsWith(CLIENT_GROUP) ? known(byName, key, file) : null;
    }

    private void add(final Setting<?> setting)
    {
        if (setting != FILE && ofClient != setting.name().startsWith(CLIENT_GROUP))
        {
            throw new IllegalArgumentException(
                setting.name() + ": names of a client's settings, and no others, begin with " + CLIENT_GROUP);
        }
        if (byName.put(setting.name(), setting) != null)
        {
            throw new IllegalArgumentException("two settings are called " + setting.name());
        }
    }

    private static Setting<?> known(final Map<String, Setting<?>> settings, final String name, final String where)
    {
        final Setting<?> setting = settings.get(name);
        if (setting == null)
        {
            final String nearest = NearestName.find(name, settings.keySet());
            throw new ConfigurationException("unknown setting '" + name + "' in " + where + ": " +
                (nearest == null ? "remove it" : "did you mean '" + nearest + "'?") +
                " (all settings: ./grid config, or docs/configuration.md)");
        }
        return setting;
    }
}
