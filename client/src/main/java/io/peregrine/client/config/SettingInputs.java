package io.peregrine.client.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a process was given from outside: environment variables, system properties, and arguments of its command line.
 *
 * @param environment      the variables by name.
 * @param systemProperties the properties by name.
 * @param arguments        values by the names of settings.
 */
public record SettingInputs(
    Map<String, String> environment, Map<String, String> systemProperties, Map<String, String> arguments)
{
    /**
     * Nothing from outside: the builder and the file it names decide. For tests.
     */
    public static final SettingInputs NONE = new SettingInputs(Map.of(), Map.of(), Map.of());

    /**
     * @return those of this process, as they are now.
     */
    public static SettingInputs ofProcess()
    {
        final Map<String, String> properties = new TreeMap<>();
        for (final String name : System.getProperties().stringPropertyNames())
        {
            properties.put(name, System.getProperty(name));
        }
        return new SettingInputs(System.getenv(), properties, Map.of());
    }

    /**
     * @param given values by the names of settings.
     * @return the same inputs with these arguments.
     */
    public SettingInputs withArguments(final Map<String, String> given)
    {
        return new SettingInputs(environment, systemProperties, Map.copyOf(given));
    }
}
