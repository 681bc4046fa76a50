package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.ScanCursor;
import io.peregrine.client.ScanPage;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.Json;
import io.peregrine.node.command.dump.BinaryWriter;
import io.peregrine.node.command.dump.Entry;
import io.peregrine.node.command.dump.EntryWriter;
import io.peregrine.node.command.dump.TextWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes all entries to a file.
 */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Write all entries to a file. A dump that was interrupted goes on where it was when it is asked " +
        "for again: FILE.cursor says where. Entries that change meanwhile are in it as they were or as they are.",
    footer = {
        "",
        "As text, a line is: key, tab, value, and perhaps tab and the milliseconds that the entry has left; \\t, \\n,",
        "\\r and \\\\ stand for what would break the line. The binary form keeps all bytes as they are, with checksums."
    })
final class DumpCommand extends MapOperation
{
    private static final int PAGE = 1_000;
    private static final String FROM_OUTPUT = "what was written is worth nothing, do it again";
    private static final String FROM_FILE = "what was written is worth nothing, add --overwrite to begin anew";
    private static final long SAVE_NS = TimeUnit.SECONDS.toNanos(1);

    @Parameters(paramLabel = "FILE", description = "The file, or - for the standard output.")
    private String file;

    @Option(names = "--format", defaultValue = "TEXT", description = "text or binary (default: text).")
    private FileFormat format;

    @Option(names = "--overwrite", description = "Begin anew, whatever is there.")
    private boolean overwrite;

    private long entries;

    @Override
    int run(final Grid grid)
    {
        final GridMap<byte[], byte[]> map = existing(grid);
        try
        {
            if (file.equals("-"))
            {
                toOutput(grid, map);
            }
            else
            {
                toFile(grid, map);
            }
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(file + " cannot be written: " + ex.getMessage());
        }
        return DONE;
    }

    private void toOutput(final Grid grid, final GridMap<byte[], byte[]> map) throws IOException
    {
        final GridMemory memory = new GridMemory(grid);
        final OutputStream stream = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        final EntryWriter writer = writer(stream);
        writer.begin();
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd())
        {
            cursor = page(map, cursor, writer);
            memory.look(entries, FROM_OUTPUT);
        }
        memory.check(FROM_OUTPUT);
        writer.end(entries);
        stream.flush();
    }

    private void toFile(final Grid grid, final GridMap<byte[], byte[]> map) throws IOException
    {
        final GridMemory memory = new GridMemory(grid);
        try (DumpFile target = DumpFile.open(Path.of(file), overwrite, memory.id(), about()))
        {
            final EntryWriter writer = writer(target.out());
            entries = target.entries();
            if (target.isFresh())
            {
                writer.begin();
                target.save(ScanCursor.START, 0);
            }
            else
            {
                err().printf(Locale.ROOT, "goes on where it was interrupted, after %,d entries%n", entries);
            }
            copy(map, target, writer, memory);
            memory.check(FROM_FILE);
            writer.end(entries);
            target.done();
        }
        out().println(map().json() ?
            new Json().field("map", map().name()).field("file", file).field("entries", entries).toString() :
            String.format(Locale.ROOT, "%,d entries of '%s' are in %s", entries, map().name(), file));
    }

    private void copy(
        final GridMap<byte[], byte[]> map, final DumpFile target, final EntryWriter writer, final GridMemory memory)
        throws IOException
    {
        final double size = Math.max(1, map.sizeAsLong());
        ScanCursor cursor = target.cursor();
        long savedNs = System.nanoTime();
        try (StopRequest stop = map().stopRequest();
            Progress progress = new Progress(err(), "written", entries, entries / size))
        {
            while (!cursor.isEnd())
            {
                if (stop.isAsked())
                {
                    throw stopped(target, cursor, stop.reason());
                }
                cursor = page(map, cursor, writer);
                memory.look(entries, FROM_FILE);
                progress.at(entries, Math.min(1, entries / size));
                if (!cursor.isEnd() && System.nanoTime() - savedNs >= SAVE_NS)
                {
                    target.save(cursor, entries);
                    savedNs = System.nanoTime();
                }
            }
        }
        catch (final GridException ex)
        {
            throw stopped(target, cursor, ex.getMessage());
        }
    }

    private CommandFailure stopped(final DumpFile target, final ScanCursor cursor, final String reason)
        throws IOException
    {
        target.save(cursor, entries);
        return new CommandFailure(String.format(
            Locale.ROOT, "%s%nWritten so far: %,d entries. The same command goes on from there.", reason, entries));
    }

    /**
     * @return where to continue; a page that cannot be read has written nothing.
     */
    private ScanCursor page(final GridMap<byte[], byte[]> map, final ScanCursor from, final EntryWriter writer)
        throws IOException
    {
        final ScanPage<byte[], byte[]> page = map.scan(from, PAGE);
        for (final ScanPage.ScanEntry<byte[], byte[]> entry : page.entries())
        {
            try
            {
                writer.write(new Entry(entry.key(), entry.value(), ttlMs(entry.ttlLeft())));
            }
            catch (final IllegalArgumentException ex)
            {
                throw new CommandFailure("entry " + (entries + 1) + ": " + ex.getMessage() + "; or --format binary");
            }
            entries++;
        }
        return page.next();
    }

    private static long ttlMs(final Duration left)
    {
        return left == null ? Entry.NO_TTL : Math.max(1, left.toMillis());
    }

    private EntryWriter writer(final OutputStream stream)
    {
        return format == FileFormat.BINARY ?
            new BinaryWriter(stream, map().name(), map().keyForm().routing()) :
            new TextWriter(stream, map().keyForm(), map().valueForm());
    }

    private Map<String, String> about()
    {
        final Map<String, String> about = new LinkedHashMap<>();
        about.put("map", map().name());
        about.put("format", format.toString());
        about.put("keys", map().keyForm().toString());
        about.put("values", map().valueForm().toString());
        return about;
    }
}
