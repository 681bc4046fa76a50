package io.peregrine.node.command.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.client.MapCommand;
import io.peregrine.client.MapResult;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.Json;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes an entry.
 */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Insert or overwrite an entry; makes the map where there is none. Exit code 1 where a condition " +
        "does not hold; nothing is changed then.")
final class PutCommand extends MapOperation
{
    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key;

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value.")
    private String value;

    @Option(names = "--ttl", paramLabel = "DURATION", converter = DurationConverter.class,
        description = "How long the entry lives, such as 30s (default: as the map says).")
    private Long ttlNs;

    @Option(names = "--if-absent", description = "Only where there is no such entry.")
    private boolean ifAbsent;

    @Option(names = "--if-version", paramLabel = "V", description = "Only where the entry has this version.")
    private Long ifVersion;

    @Override
    void check()
    {
        if (ifAbsent && ifVersion != null)
        {
            throw wrongUsage("--if-absent and --if-version exclude each other");
        }
        parse(map().keyForm(), key);
        parse(map().valueForm(), value);
    }

    @Override
    int run(final Grid grid)
    {
        final UnsafeBuffer keyBytes = new UnsafeBuffer(parse(map().keyForm(), key));
        final UnsafeBuffer valueBytes = new UnsafeBuffer(parse(map().valueForm(), value));
        final MapCommand command = new MapCommand()
            .put(keyBytes, 0, keyBytes.capacity(), valueBytes, 0, valueBytes.capacity());
        if (ttlNs != null)
        {
            command.expiry(ttlNs, 0);
        }
        if (ifAbsent)
        {
            command.ifAbsent();
        }
        if (ifVersion != null)
        {
            command.ifVersion(ifVersion);
        }
        try (FlyweightMap entries = map().open(grid, false, map().keyForm().routing()).flyweight())
        {
            final MapResult result = entries.call(command);
            if (!result.applied())
            {
                throw new CommandFailure(ifAbsent ? "there is an entry '" + key + "' already; it stays as it is" :
                    result.present() ? "the entry '" + key + "' has version " + result.version() +
                    "; it stays as it is" : "there is no entry '" + key + "'; nothing was written");
            }
            out().println(map().json() ?
                new Json().field("key", key).field("version", result.version()) : "version " + result.version());
        }
        return DONE;
    }
}
