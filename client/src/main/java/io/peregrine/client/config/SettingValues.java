package io.peregrine.client.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of all settings of a list, and where each came from. Immutable once resolved.
 */
public final class SettingValues
{
    private final SettingList list;
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Map<Setting<?>, SettingSource> sources = new HashMap<>();

    private SettingValues(final SettingList list)
    {
        this.list = list;
    }

    /**
     * Resolves every setting: default, then builder, then file, then environment, then system property, then
     * command line.
     *
     * @param list   of the settings.
     * @param built  what the builder was given.
     * @param inputs what the process was given.
     * @return the values.
     * @throws ConfigurationException that names all that is wrong, one problem a line.
     */
    public static SettingValues resolve(
        final SettingList list, final BuiltSettings built, final SettingInputs inputs)
    {
        final SettingValues result = new SettingValues(list);
        final List<String> problems = new ArrayList<>();
        result.takeBuilt(built);
        final Map<String, String> variables = inputs.environment();
        final Map<String, String> properties = inputs.systemProperties();

        final Map<String, String> arguments = inputs.arguments();

        final String file = arguments.getOrDefault(SettingList.FILE.name(),
            properties.getOrDefault(SettingList.FILE.propertyName(),
            variables.getOrDefault(SettingList.FILE.environmentName(), result.built(SettingList.FILE))));
        if (!file.isBlank())
        {
            noting(problems, () -> result.takeFile(Path.of(file.trim()), problems));
        }
        variables.forEach((name, text) -> noting(problems, () ->
            result.take(list.byVariable(name), text, SettingSource.ENVIRONMENT, "the environment variable " + name)));
        properties.forEach((name, text) -> noting(problems, () ->
            result.take(list.byProperty(name), text, SettingSource.SYSTEM_PROPERTY, "the system property " + name)));
        arguments.forEach((name, text) -> noting(problems, () ->
            result.take(list.byArgument(name), text, SettingSource.COMMAND_LINE, SettingList.COMMAND_LINE)));

        if (!problems.isEmpty())
        {
            problems.sort(null);
            throw new ConfigurationException(String.join(System.lineSeparator(), problems));
        }
        for (final Setting<?> setting : list.all())
        {
            result.takeDefault(setting);
        }
        return result;
    }

    /**
     * @return the list that was resolved.
     */
    public SettingList list()
    {
        return list;
    }

    /**
     * @param setting of the list.
     * @param <T>     type of its value.
     * @return its value.
     */
    public <T> T get(final Setting<T> setting)
    {
        @SuppressWarnings("unchecked")
        final T value = (T) values.get(setting);
        if (value == null)
        {
            throw new IllegalArgumentException(setting + " is not in the list");
        }
        return value;
    }

    /**
     * @param setting of the list.
     * @return where its value came from.
     */
    public SettingSource source(final Setting<?> setting)
    {
        return sources.getOrDefault(setting, SettingSource.DEFAULT);
    }

    /**
     * @param setting of the list.
     * @param <T>     type of its value.
     * @return its value as it would stand in a properties file.
     */
    public <T> String text(final Setting<T> setting)
    {
        return setting.format(get(setting));
    }

    private String built(final Setting<String> setting)
    {
        return (String) values.getOrDefault(setting, setting.defaultValue());
    }

    private void takeBuilt(final BuiltSettings built)
    {
        built.values().forEach((setting, value) ->
        {
            if (!list.all().contains(setting))
            {
                throw new IllegalArgumentException(setting + " is not in the list");
            }
            values.put(setting, value);
            sources.put(setting, SettingSource.BUILDER);
        });
    }

    private void takeFile(final Path file, final List<String> problems)
    {
        final String where = file.toAbsolutePath().toString();
        SettingFile.read(file).forEach((key, text) ->
            noting(problems, () -> take(list.byKey(key, where), text, SettingSource.FILE, where)));
    }

    private void take(final Setting<?> setting, final String text, final SettingSource source, final String where)
    {
        if (setting != null)
        {
            values.put(setting, setting.parse(text, where));
            sources.put(setting, source);
        }
    }

    private <T> void takeDefault(final Setting<T> setting)
    {
        if (!values.containsKey(setting))
        {
            values.put(setting, setting.defaultValue());
        }
    }

    private static void noting(final List<String> problems, final Runnable step)
    {
        try
        {
            step.run();
        }
        catch (final ConfigurationException ex)
        {
            problems.add(ex.getMessage());
        }
    }
}
