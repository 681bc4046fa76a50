package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlView;
import io.peregrine.transport.process.DirectoryLock;
import io.peregrine.transport.process.StartupException;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * What a node remembers of its grid, in a small file of its directory where it has one: so it never takes another grid,
 * or less of its own, for the one that it knew. One thread.
 */
final class GridMemory
{
    /**
     * Name of the file.
     */
    static final String FILE_NAME = "grid.memory";

    private static final String NODE = "node";
    private static final String GRID_NAME = "grid";
    private static final String GRID_ID = "gridId";
    private static final String VERSION = "version";
    private static final String START_ID = "startId";

    private final Path file;
    private final String node;
    private final String grid;
    private final long formerStartId;
    private long gridId;
    private long version;
    private long startId;
    private boolean isDirty;

    private GridMemory(final Path file, final String node, final String grid, final Properties former)
    {
        this.file = file;
        this.node = node;
        this.grid = grid;
        gridId = former.isEmpty() ? 0 : number(former, GRID_ID);
        version = former.isEmpty() ? 0 : number(former, VERSION);
        formerStartId = former.isEmpty() ? -1 : number(former, START_ID);
        startId = formerStartId;
    }

    /**
     * @param directory of the node, which it holds the lock of; null for one that remembers nothing of former lives.
     * @param node      its name.
     * @param grid      name of its grid.
     * @return what it remembers.
     * @throws StartupException where the directory is that of another node or of another grid, or cannot be used.
     */
    static GridMemory open(final Path directory, final String node, final String grid)
    {
        final Properties former = new Properties();
        final Path file = directory == null ? null : DirectoryLock.ensureWritable(directory).resolve(FILE_NAME);
        if (file != null && Files.exists(file))
        {
            read(file, former);
            check(directory, "node", former.getProperty(NODE), node);
            check(directory, "grid", former.getProperty(GRID_NAME), grid);
        }

        return new GridMemory(file, node, grid, former);
    }

    private static void read(final Path file, final Properties into)
    {
        try
        {
            final String text = Files.readString(file);
            into.load(new StringReader(text));
            if (into.getProperty(NODE) == null || into.getProperty(GRID_NAME) == null)
            {
                throw new IllegalArgumentException("it does not say whose it is");
            }
            if (!text.endsWith("\n"))
            {
                throw new IllegalArgumentException("its end is missing");
            }
            number(into, GRID_ID);
            number(into, VERSION);
            number(into, START_ID);
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new StartupException("the file " + file + " cannot be read (" + ex + "): what this node knew of " +
                "its grid is lost. If all of the grid's data may be lost too, delete it.", ex);
        }
    }

    private static void check(final Path directory, final String what, final String found, final String meant)
    {
        if (!meant.equals(found))
        {
            throw new StartupException("the directory " + directory + " is that of the " + what + " '" + found +
                "', and this is '" + meant + "': give each node a directory of its own (setting 'dir').");
        }
    }

    private static long number(final Properties properties, final String name)
    {
        final String text = properties.getProperty(name);
        if (text == null)
        {
            throw new IllegalArgumentException("it does not say '" + name + "'");
        }
        return Long.parseLong(text);
    }

    long gridId()
    {
        return gridId;
    }

    long version()
    {
        return version;
    }

    /**
     * @return number of the node's former start, which is surely over; -1 if it does not know one.
     */
    long formerStartId()
    {
        return formerStartId;
    }

    /**
     * @return whether this is the grid that it knows, or it knows none, and not less of it.
     */
    boolean accepts(final long otherGridId, final long otherVersion)
    {
        return gridId == 0 || gridId == otherGridId && version <= otherVersion;
    }

    /**
     * @param view          that was accepted.
     * @param memberStartId number of the node's start, once that is a member; -1 before.
     */
    void remember(final ControlView view, final long memberStartId)
    {
        final long member = memberStartId >= 0 ? memberStartId : startId;
        isDirty |= gridId != view.gridId() || version < view.version() || startId != member;
        gridId = view.gridId();
        version = Math.max(version, view.version());
        startId = member;
    }

    /**
     * @throws IOException where it cannot be written; it is remembered until the process ends.
     */
    void save() throws IOException
    {
        if (file != null && isDirty)
        {
            write();
            isDirty = false;
        }
    }

    private void write() throws IOException
    {
        final Properties properties = new Properties();
        properties.setProperty(NODE, node);
        properties.setProperty(GRID_NAME, grid);
        properties.setProperty(GRID_ID, Long.toString(gridId));
        properties.setProperty(VERSION, Long.toString(version));
        properties.setProperty(START_ID, Long.toString(startId));
        final StringWriter text = new StringWriter();
        properties.store(text, "what this node knows of its grid");
        final Path next = file.resolveSibling(FILE_NAME + ".new");
        try (FileChannel channel = FileChannel.open(
            next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
