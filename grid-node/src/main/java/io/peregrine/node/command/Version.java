package io.peregrine.node.command;

import picocli.CommandLine.IVersionProvider;

/**
 * Version of this build, as its jar's manifest states it.
 */
final class Version implements IVersionProvider
{
    @Override
    public String[] getVersion()
    {
        final String version = Version.class.getPackage().getImplementationVersion();
        final String shown = version == null ? "(not from a jar)" : version;
        return new String[]{"Peregrine " + shown + ", Java " + Runtime.version()};
    }
}
