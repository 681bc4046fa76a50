package io.peregrine.client.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();

    private SettingList(final List<Setting<?>> settings)
    {
        add(FILE);
        settings.forEach(this::add);
    }

    /**
     * @param settings of the thing, in the order of its reference page, without {@link #FILE}.
     * @return the list.
     */
    public static SettingList of(final Setting<?>... settings)
    {
        return new SettingList(List.of(settings));
    }

    /**
     * @return all settings, in order.
     */
    public Collection<Setting<?>> all()
    {
        return Collections.unmodifiableCollection(byName.values());
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
        if (!variable.startsWith(Setting.ENVIRONMENT_PREFIX) || RESERVED.contains(variable))
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
        if (!property.startsWith(Setting.PROPERTY_PREFIX))
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
     * @return the setting.
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
        return known(byName, key, file);
    }

    private void add(final Setting<?> setting)
    {
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
