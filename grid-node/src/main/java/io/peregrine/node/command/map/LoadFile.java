package io.peregrine.node.command.map;

import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.dump.BadEntryException;
import io.peregrine.node.command.dump.BinaryReader;
import io.peregrine.node.command.dump.Bookmark;
import io.peregrine.node.command.dump.EntryReader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file that a load reads, with the bookmark by which the next run goes on where this one was ended.
 */
final class LoadFile implements AutoCloseable
{
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final Bookmark bookmark;
    private final long size;
    private final String memory;
    private Loader.Position position = Loader.Position.START;

    private LoadFile(final FileChannel channel, final Bookmark bookmark, final long size, final String memory)
    {
        this.memory = memory;
        this.channel = channel;
        this.bookmark = bookmark;
        this.size = size;
    }

    /**
     * @param path    of the file.
     * @param state   where to remember how far the load came.
     * @param restart whether that does not matter.
     * @param memory  of the grid, by which one that lost everything is known.
     * @param about   what the load is; another one is not gone on with.
     * @return the file.
     * @throws IOException when it cannot be read.
     */
    static LoadFile open(
        final Path path, final Path state, final boolean restart, final String memory, final Map<String, String> about)
        throws IOException
    {
        final Path cursor = DumpFile.bookmarkOf(path);
        if (Files.exists(cursor))
        {
            throw new CommandFailure(path + " is a dump that was interrupted, as " + cursor +
                " says: have the dump go on first, or remove " + cursor + " to load what is there");
        }
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try
        {
            final LoadFile file = new LoadFile(channel, new Bookmark(state, "load"), channel.size(), memory);
            about.put("size", Long.toString(channel.size()));
            about.put("changed", Files.getLastModifiedTime(path).toString());
            if (!restart && file.bookmark.load())
            {
                file.goOn(about);
            }
            about.forEach(file.bookmark::set);
            file.bookmark.set("memory", memory);
            return file;
        }
        catch (final Throwable ex)
        {
            channel.close();
            throw ex;
        }
    }

    /**
     * @return how far an earlier run came.
     */
    Loader.Position position()
    {
        return position;
    }

    /**
     * @param place in the file.
     * @return the share of the file that is before it, 0 to 1.
     */
    double share(final EntryReader.Place place)
    {
        return size == 0 ? 1 : place.offset() / (double) size;
    }

    boolean isBinary() throws IOException
    {
        return BinaryReader.isBinary(Channels.newInputStream(channel.position(0)).readNBytes(Long.BYTES));
    }

    /**
     * @param at offset to read from.
     * @return the bytes from there.
     */
    InputStream stream(final long at) throws IOException
    {
        return new BufferedInputStream(Channels.newInputStream(channel.position(at)), BUFFER);
    }

    /**
     * @return a reader at the place where an earlier run came to.
     */
    BinaryReader binary() throws IOException, BadEntryException
    {
        final BinaryReader reader = new BinaryReader(stream(0));
        reader.begin(position.place());
        return reader;
    }

    void save(final Loader.Position reached) throws IOException
    {
        bookmark
            .set("offset", reached.place().offset()).set("number", reached.place().number())
            .set("written", reached.written()).set("kept", reached.kept()).set("errors", reached.errors())
            .save();
    }

    void done() throws IOException
    {
        bookmark.delete();
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }

    private void goOn(final Map<String, String> about) throws IOException
    {
        if (!memory.equals(bookmark.text("memory")))
        {
            throw new CommandFailure("the grid lost its memory after the load was interrupted, and what was loaded " +
                "with it: add --restart to begin anew");
        }
        for (final Map.Entry<String, String> field : about.entrySet())
        {
            if (!field.getValue().equals(bookmark.text(field.getKey())))
            {
                throw new CommandFailure(bookmark.path() + " is of an interrupted load with " + field.getKey() + " " +
                    bookmark.text(field.getKey()) + ", and now that is " + field.getValue() +
                    ": add --restart to begin anew");
            }
        }
        position = new Loader.Position(
            new EntryReader.Place(bookmark.number("offset"), bookmark.number("number")),
            bookmark.number("written"), bookmark.number("kept"), bookmark.number("errors"));
        if (position.place().offset() > size)
        {
            throw new CommandFailure(bookmark.path() + " is damaged: add --restart to begin anew");
        }
    }
}
