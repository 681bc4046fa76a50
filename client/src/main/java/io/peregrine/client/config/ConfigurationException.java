package io.peregrine.client.config;

/**
 * Configuration that cannot be used as given. The message says which setting, where it was found and how to mend it;
 * nothing was started.
 */
public final class ConfigurationException extends IllegalArgumentException
{
    /**
     * @param message what is wrong, where it was found, and the remedy.
     */
    public ConfigurationException(final String message)
    {
        super(message);
    }
}
