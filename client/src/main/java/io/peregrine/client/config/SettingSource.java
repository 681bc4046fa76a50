package io.peregrine.client.config;

/**
 * Where the value of a setting came from, in order of rising strength.
 */
public enum SettingSource
{
    /**
     * Nobody set it.
     */
    DEFAULT("default"),

    /**
     * A method of the context's builder.
     */
    BUILDER("builder"),

    /**
     * The properties file that the setting {@code config} names.
     */
    FILE("file"),

    /**
     * An environment variable with the prefix {@code PEREGRINE_}.
     */
    ENVIRONMENT("environment"),

    /**
     * A system property with the prefix {@code peregrine.}.
     */
    SYSTEM_PROPERTY("system property"),

    /**
     * An argument of the command line.
     */
    COMMAND_LINE("command line");

    private final String label;

    SettingSource(final String label)
    {
        this.label = label;
    }

    @Override
    public String toString()
    {
        return label;
    }
}
