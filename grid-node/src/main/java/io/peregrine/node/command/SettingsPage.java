package io.peregrine.node.command;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.config.ConfigurationPage;
import io.peregrine.node.NodeSettings;

/**
 * The reference page of all settings, {@code docs/configuration.md}.
 */
public final class SettingsPage
{
    private static final String INTRO = """
        # Configuration

        Generated from the definitions in `io.peregrine.node.NodeSettings`; not to be edited. To generate it anew:

            ./grid config --markdown >docs/configuration.md

        A setting can be given in five places. Where several give it, the last of these wins:

        1. a method of `NodeContext`, or `set(NodeSettings.MEMORY_LIMIT, 512L << 20)` on it
        2. a line of a properties file, `memory.limit = 512m`; the setting `config` names the file
        3. an environment variable, `PEREGRINE_MEMORY_LIMIT=512m`
        4. a system property, `-Dperegrine.memory.limit=512m`
        5. an option of the command line, `--set memory.limit=512m`

        Names are derived as shown. What begins with `PEREGRINE_` or `peregrine.` and is no setting is an error, as is
        any other key in the file. Sizes are in bytes, or with the suffix `k`, `m` or `g` for powers of 1024; durations
        have the suffix `ns`, `us`, `ms` or `s`. `./grid config` shows the value of every setting on your machine and
        where it came from.
        """;

    private static final String CLIENT_INTRO = """

        ## Clients

        Settings of a program that connects by `GridClient`, from `io.peregrine.client.ClientSettings`; its builder is
        `GridClientContext`. All names begin with `client.`, so that a process which is client and node can have one
        file for both: each takes its own and passes over the other's.
        """;

    private SettingsPage()
    {
    }

    /**
     * @return the page as Markdown.
     */
    public static String markdown()
    {
        return ConfigurationPage.markdown(NodeSettings.ALL, INTRO) +
            ConfigurationPage.markdown(ClientSettings.ALL, CLIENT_INTRO);
    }
}
