package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.Versioned;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Reads an entry.
 */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Print the value of a key; with --json, its version and the time it has left too. " +
        "Exit code 1 where there is no such entry.")
final class GetCommand extends MapOperation
{
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key;

    @Override
    void check()
    {
        parse(map().keyForm(), key);
    }

    @Override
    int run(final Grid grid)
    {
        final byte[] bytes = parse(map().keyForm(), key);
        final Versioned<byte[]> read = existing(grid).getVersioned(bytes);
        if (read == null)
        {
            throw new CommandFailure("there is no entry '" + key + "'");
        }
        final String value = format(map().valueForm(), read.value());
        if (!map().json())
        {
            out().println(value);
            return DONE;
        }
        final Json line = new Json().field("key", key).field("value", value).field("version", read.version());
        if (read.ttlLeft() != null)
        {
            line.field("ttl_ms", read.ttlLeft().toMillis());
        }
        out().println(line);
        return DONE;
    }
}
