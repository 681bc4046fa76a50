package io.peregrine.node.command.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.DurationConverter;
import io.peregrine.node.command.Json;
import io.peregrine.node.command.dump.BadEntryException;
import io.peregrine.node.command.dump.BinaryReader;
import io.peregrine.node.command.dump.EntryReader;
import io.peregrine.node.command.dump.TextReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Puts the entries of a file.
 */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Put the entries of a file that dump wrote, or of any file with a key, a tab and a value in each " +
        "line. A load that was interrupted goes on where it was when it is asked for again: FILE.loaded says where. " +
        "A wrong entry is named and left out, and so is a last line without an end, as the file may be cut off " +
        "there; exit code 1 where there was one.")
final class LoadCommand extends MapOperation
{
    private static final String REMEDY = "what was loaded before is gone, add --restart to begin anew";
    private static final long SAVE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    @Parameters(paramLabel = "FILE", description = "The file; what it is is seen from its beginning.")
    private Path file;

    @Option(names = "--ttl", paramLabel = "DURATION", converter = DurationConverter.class,
        description = "How long entries live whose line says nothing (default: as the map says).")
    private Long ttlNs;

    @Option(names = "--if-absent", description = "Entries that are there already stay as they are.")
    private boolean ifAbsent;

    @Option(names = "--max-errors", paramLabel = "N", defaultValue = "100",
        description = "End when more entries than this are wrong (default: ${DEFAULT-VALUE}).")
    private long maxErrors;

    @Option(names = "--state", paramLabel = "FILE",
        description = "Where to remember how far the load came (default: FILE.loaded).")
    private Path state;

    @Option(names = "--restart", description = "Begin anew, even if an earlier load was interrupted.")
    private boolean restart;

    @Override
    void check()
    {
        if (maxErrors < 0)
        {
            throw wrongUsage("--max-errors must not be negative");
        }
    }

    @Override
    int run(final Grid grid)
    {
        final Path remembered = state != null ? state : file.resolveSibling(file.getFileName() + ".loaded");
        final GridMemory memory = new GridMemory(grid);
        try (LoadFile source = LoadFile.open(file, remembered, restart, memory.id(), about()))
        {
            return source.isBinary() ? loadBinary(grid, memory, source) : loadText(grid, memory, source);
        }
        catch (final NoSuchFileException ex)
        {
            throw new CommandFailure(ex.getFile() + " does not exist");
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(file + ": " + ex.getMessage());
        }
    }

    private int loadText(final Grid grid, final GridMemory memory, final LoadFile source) throws IOException
    {
        final EntryReader.Place from = source.position().place();
        final TextReader reader =
            new TextReader(source.stream(from.offset()), from, map().keyForm(), map().valueForm());
        return load(map().open(grid, false, map().keyForm().routing()), memory, source, reader);
    }

    private int loadBinary(final Grid grid, final GridMemory memory, final LoadFile source) throws IOException
    {
        if (map().isTypeGiven())
        {
            throw wrongUsage("a binary file says itself what keys and values are: leave out their types");
        }
        final BinaryReader reader;
        try
        {
            reader = source.binary();
        }
        catch (final BadEntryException ex)
        {
            throw new CommandFailure(file + ", " + ex.getMessage());
        }
        if (!reader.map().equals(map().name()))
        {
            err().println("these are entries of the map '" + reader.map() + "'");
        }
        return load(map().open(grid, false, reader.routing()), memory, source, reader);
    }

    private int load(
        final GridMap<byte[], byte[]> to, final GridMemory memory, final LoadFile source, final EntryReader reader)
        throws IOException
    {
        final Loader.Position from = source.position();
        if (from.place().offset() > 0)
        {
            err().println("goes on behind " + reader.where(from.place()));
        }
        final Loader loader;
        try (StopRequest stop = map().stopRequest();
            FlyweightMap entries = to.flyweight();
            Progress progress =
                new Progress(err(), "loaded", from.written() + from.kept(), source.share(from.place())))
        {
            final Loader.Settings settings = new Loader.Settings(ttlNs == null ? 0 : ttlNs, ifAbsent, maxErrors);
            loader = new Loader(entries, reader, from, settings, new Watch(source, memory, progress, stop));
            run(loader, source);
            memory.check(REMEDY);
        }
        source.done();
        report(loader.position());
        return loader.position().errors() > 0 ? FAILED : DONE;
    }

    private void run(final Loader loader, final LoadFile source) throws IOException
    {
        try
        {
            loader.run();
        }
        catch (final LoadStopped ex)
        {
            final Loader.Position reached = loader.position();
            source.save(reached);
            throw new CommandFailure(String.format(Locale.ROOT, "%s, %s%nLoaded so far: %,d entries.%s",
                file, ex.getMessage(), reached.written(),
                ex.canGoOn() ? " The same command goes on from there." : ""));
        }
    }

    private void report(final Loader.Position end)
    {
        if (map().json())
        {
            out().println(new Json().field("map", map().name()).field("file", file.toString())
                .field("written", end.written()).field("kept", end.kept()).field("errors", end.errors()));
            return;
        }
        out().printf(Locale.ROOT, "%,d entries of %s are in '%s'", end.written(), file, map().name());
        out().printf(Locale.ROOT, ifAbsent ? ", %,d were there and stayed" : "", end.kept());
        out().printf(Locale.ROOT, end.errors() > 0 ? ", %,d were wrong and were left out%n" : "%n", end.errors());
    }

    private Map<String, String> about()
    {
        final Map<String, String> about = new LinkedHashMap<>();
        about.put("map", map().name());
        about.put("keys", map().keyForm().toString());
        about.put("values", map().valueForm().toString());
        return about;
    }

    /**
     * Shows errors and progress, and remembers the progress.
     */
    private final class Watch implements Loader.Listener
    {
        private final LoadFile source;
        private final GridMemory memory;
        private final Progress progress;
        private final StopRequest stop;
        private long savedNs = System.nanoTime();

        Watch(
            final LoadFile source, final GridMemory memory, final Progress progress, final StopRequest stop)
        {
            this.source = source;
            this.memory = memory;
            this.stop = stop;
            this.progress = progress;
        }

        @Override
        public void onError(final String message)
        {
            err().println(file + ", " + message);
        }

        @Override
        public void onProgress(final Loader.Position position) throws IOException
        {
            final long done = position.written() + position.kept();
            memory.look(done, REMEDY);
            progress.at(done, source.share(position.place()));
            final long nowNs = System.nanoTime();
            if (nowNs - savedNs >= SAVE_NS)
            {
                source.save(position);
                savedNs = nowNs;
            }
        }

        @Override
        public String stopReason()
        {
            return stop.isAsked() ? stop.reason() : null;
        }
    }
}
