package io.peregrine.node.command.map;

import io.peregrine.client.ScanCursor;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.dump.Bookmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file that a dump writes, with the bookmark beside it by which the next run goes on where this one was ended.
 */
final class DumpFile implements AutoCloseable
{
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final OutputStream out;
    private final Bookmark bookmark;
    private ScanCursor cursor = ScanCursor.START;
    private long entries;
    private boolean isFresh;

    private DumpFile(final Path path, final FileChannel channel, final Bookmark bookmark)
    {
        this.path = path;
        this.channel = channel;
        this.bookmark = bookmark;
        out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /**
     * @param path      of the file.
     * @param overwrite whether what is there does not matter.
     * @param memory    of the grid, by which one that lost everything is known.
     * @param about     what the dump is of; a dump of something else is not gone on with.
     * @return the file, at the place where to write on.
     * @throws IOException when it cannot be written.
     */
    static DumpFile open(
        final Path path, final boolean overwrite, final String memory, final Map<String, String> about)
        throws IOException
    {
        final Bookmark bookmark = new Bookmark(bookmarkOf(path), "dump");
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try
        {
            final DumpFile file = new DumpFile(path, channel, bookmark);
            file.lock();
            if (!overwrite && bookmark.load())
            {
                file.goOn(memory, about);
            }
            else
            {
                file.begin(overwrite);
            }
            about.forEach(bookmark::set);
            bookmark.set("memory", memory);
            return file;
        }
        catch (final Throwable ex)
        {
            channel.close();
            throw ex;
        }
    }

    /**
     * @return where it is said how far a dump to this file came; there as long as it is not whole.
     */
    static Path bookmarkOf(final Path path)
    {
        return path.resolveSibling(path.getFileName() + ".cursor");
    }

    OutputStream out()
    {
        return out;
    }

    /**
     * @return whether nothing of it is written yet.
     */
    boolean isFresh()
    {
        return isFresh;
    }

    /**
     * @return where the scan goes on.
     */
    ScanCursor cursor()
    {
        return cursor;
    }

    /**
     * @return entries that are in the file.
     */
    long entries()
    {
        return entries;
    }

    /**
     * Remember how far it is: to be called between two pages.
     */
    void save(final ScanCursor next, final long written) throws IOException
    {
        out.flush();
        channel.force(false);
        cursor = next;
        entries = written;
        bookmark.set("cursor", next).set("entries", written).set("length", channel.position()).save();
    }

    /**
     * All is written.
     */
    void done() throws IOException
    {
        out.flush();
        channel.force(true);
        bookmark.delete();
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }

    private void lock() throws IOException
    {
        try
        {
            if (channel.tryLock() != null)
            {
                return;
            }
        }
        catch (final OverlappingFileLockException ex)
        {
            throw new CommandFailure("another dump of this process writes " + path);
        }
        throw new CommandFailure("another process writes " + path);
    }

    private void begin(final boolean overwrite) throws IOException
    {
        if (!overwrite && channel.size() > 0)
        {
            throw new CommandFailure(path + " is there already, and is no dump that was interrupted: " +
                "remove it, or add --overwrite");
        }
        bookmark.delete();
        channel.truncate(0);
        isFresh = true;
    }

    private void goOn(final String memory, final Map<String, String> about) throws IOException
    {
        if (!memory.equals(bookmark.text("memory")))
        {
            throw new CommandFailure("the grid lost its memory after the dump to " + path + " was interrupted, and " +
                "holds other entries: add --overwrite to begin anew");
        }
        for (final Map.Entry<String, String> field : about.entrySet())
        {
            if (!field.getValue().equals(bookmark.text(field.getKey())))
            {
                throw new CommandFailure(path + " is an interrupted dump with " + field.getKey() + " " +
                    bookmark.text(field.getKey()) + ", not " + field.getValue() +
                    ": go on with that, or add --overwrite to begin anew");
            }
        }
        final long length = bookmark.number("length");
        if (channel.size() < length)
        {
            throw new CommandFailure(
                path + " is shorter than when its dump was interrupted: add --overwrite to begin anew");
        }
        entries = bookmark.number("entries");
        cursor = ScanCursor.parse(bookmark.text("cursor"));
        channel.truncate(length);
        channel.position(length);
        if (cursor.isEnd())
        {
            throw new CommandFailure(bookmark.path() + " is damaged: add --overwrite to begin anew");
        }
    }
}
