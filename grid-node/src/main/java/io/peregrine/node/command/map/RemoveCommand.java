package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.Versioned;
import io.peregrine.node.command.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Removes an entry.
 */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Remove an entry. Exit code 1 where there is none, or it has another version.")
final class RemoveCommand extends MapOperation
{
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key;

    @Option(names = "--if-version", paramLabel = "V", description = "Only where the entry has this version.")
    private Long ifVersion;

    @Override
    void check()
    {
        parse(map().keyForm(), key);
    }

    @Override
    int run(final Grid grid)
    {
        final byte[] bytes = parse(map().keyForm(), key);
        final GridMap<byte[], byte[]> entries = existing(grid);
        final boolean removed = ifVersion == null ? entries.delete(bytes) : entries.removeIfVersion(bytes, ifVersion);
        if (!removed)
        {
            final Versioned<byte[]> there = ifVersion == null ? null : entries.getVersioned(bytes);
            throw new CommandFailure(there == null ? "there is no entry '" + key + "'" :
                "the entry '" + key + "' has version " + there.version() + "; it stays as it is");
        }
        return DONE;
    }
}
