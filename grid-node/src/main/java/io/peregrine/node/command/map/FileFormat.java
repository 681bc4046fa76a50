package io.peregrine.node.command.map;

import java.util.Locale;

/**
 * The kinds of files of entries.
 */
enum FileFormat
{
    TEXT, BINARY;

    @Override
    public String toString()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
