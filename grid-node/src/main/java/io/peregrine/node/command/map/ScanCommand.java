package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.ScanCursor;
import io.peregrine.client.ScanPage;
import io.peregrine.node.command.Json;
import io.peregrine.node.command.dump.Escapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lists entries.
 */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Print entries, a line each: key, tab, value, with \\t, \\n, \\r and \\\\ for what would break the " +
        "line. In no order that means anything; an entry that is there from the first line to the last comes once.")
final class ScanCommand extends MapOperation
{
    private static final int PAGE = 1_000;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
        description = "End after about so many entries, and say on the error output where to go on.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where an earlier scan ended.")
    private String cursor;

    @Option(names = "--keys", description = "Print keys only.")
    private boolean keysOnly;

    @Override
    void check()
    {
        if (limit < 0)
        {
            throw wrongUsage("--limit must not be negative");
        }
        start();
    }

    @Override
    int run(final Grid grid)
    {
        final GridMap<byte[], byte[]> entries = existing(grid);
        ScanCursor at = start();
        long left = limit == 0 ? Long.MAX_VALUE : limit;
        while (!at.isEnd() && left > 0 && !out().checkError())
        {
            final ScanPage<byte[], byte[]> page = entries.scan(at, (int) Math.min(left, PAGE));
            page.entries().forEach(this::show);
            left -= page.entries().size();
            at = page.next();
        }
        out().flush();
        if (!at.isEnd())
        {
            err().println("there is more: --cursor " + at);
        }
        return DONE;
    }

    private ScanCursor start()
    {
        try
        {
            return cursor == null ? ScanCursor.START : ScanCursor.parse(cursor);
        }
        catch (final GridException ex)
        {
            throw wrongUsage("--cursor: " + ex.getMessage());
        }
    }

    private void show(final ScanPage.ScanEntry<byte[], byte[]> entry)
    {
        final String key = format(map().keyForm(), entry.key());
        final String value = keysOnly ? null : format(map().valueForm(), entry.value());
        if (!map().json())
        {
            out().println(Escapes.escape(key) + (keysOnly ? "" : "\t" + Escapes.escape(value)));
            return;
        }
        final Json line = new Json().field("key", key);
        if (!keysOnly)
        {
            line.field("value", value);
        }
        line.field("version", entry.version());
        if (entry.ttlLeft() != null)
        {
            line.field("ttl_ms", entry.ttlLeft().toMillis());
        }
        out().println(line);
    }
}
