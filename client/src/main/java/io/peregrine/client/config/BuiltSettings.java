package io.peregrine.client.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What the methods of a context's builder were given. Not thread-safe.
 */
public final class BuiltSettings
{
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /**
     * @param setting to set.
     * @param value   for it.
     * @param <T>     type of the value.
     * @return this.
     * @throws ConfigurationException when the setting does not accept the value.
     */
    public <T> BuiltSettings set(final Setting<T> setting, final T value)
    {
        values.put(setting, setting.check(value));
        return this;
    }

    Map<Setting<?>, Object> values()
    {
        return Collections.unmodifiableMap(values);
    }
}
