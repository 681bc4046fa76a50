package io.peregrine.transport.monitor;

import io.peregrine.transport.process.ProcessLife;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A node's file, read from outside. It asks nothing of the node, so it works while the node runs, hangs, or is dead.
 * For one thread.
 */
public final class NodeFileView implements AutoCloseable
{
    private final Path path;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer header;

    private NodeFileView(final Path path, final MappedByteBuffer mapped)
    {
        this.path = path;
        this.mapped = mapped;
        header = new UnsafeBuffer(mapped, 0, NodeFileLayout.HEADER_LENGTH);
    }

    /**
     * @param file of a node.
     * @return a view of it.
     * @throws NotANodeFileException when it is absent, not complete, of another version, or something else.
     */
    public static NodeFileView open(final Path file)
    {
        try
        {
            final MappedByteBuffer mapped = map(file);
            check(file, mapped);
            return new NodeFileView(file, mapped);
        }
        catch (final NoSuchFileException ex)
        {
            throw new NotANodeFileException("there is no file " + file);
        }
        catch (final IOException ex)
        {
            throw new NotANodeFileException("the file " + file + " cannot be read: " + ex);
        }
    }

    /**
     * @return a view, or null when there is no file of a node of this version.
     */
    static NodeFileView openIfPresent(final Path file)
    {
        try
        {
            return Files.exists(file) ? open(file) : null;
        }
        catch (final NotANodeFileException ex)
        {
            return null;
        }
    }

    /**
     * @return where the file is.
     */
    public Path path()
    {
        return path;
    }

    /**
     * @return name of the node.
     */
    public String name()
    {
        return NodeFileLayout.name(header);
    }

    /**
     * @return its process.
     */
    public long pid()
    {
        return header.getLong(NodeFileLayout.PID_OFFSET);
    }

    /**
     * @return when the node started, epoch ms.
     */
    public long startMs()
    {
        return header.getLong(NodeFileLayout.START_OFFSET);
    }

    /**
     * @return when its duty cycle last said that it turns, epoch ms.
     */
    public long lastActivityMs()
    {
        return header.getLongVolatile(NodeFileLayout.ACTIVITY_OFFSET);
    }

    /**
     * @return true when the process that made the file is alive; another that was given the same pid does not count.
     */
    public boolean isProcessAlive()
    {
        return ProcessLife.isAlive(pid(), header.getLong(NodeFileLayout.PROCESS_START_OFFSET));
    }

    /**
     * @return its counters.
     */
    public CountersReader counters()
    {
        return new CountersReader(
            NodeFileLayout.metadata(mapped, header), NodeFileLayout.values(mapped, header), StandardCharsets.UTF_8);
    }

    /**
     * @param consumer of the distinct errors, oldest first.
     * @return how many there are.
     */
    public int errors(final ErrorConsumer consumer)
    {
        return ErrorLogReader.read(NodeFileLayout.errors(mapped, header), consumer);
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }

    private static MappedByteBuffer map(final Path file) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final long length = channel.size();
            if (length < NodeFileLayout.HEADER_LENGTH || length > Integer.MAX_VALUE)
            {
                throw new NotANodeFileException(file + " is not the file of a node");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
        }
    }

    private static void check(final Path file, final ByteBuffer mapped)
    {
        final UnsafeBuffer header = new UnsafeBuffer(mapped, 0, NodeFileLayout.HEADER_LENGTH);
        final int version = header.getIntVolatile(NodeFileLayout.VERSION_OFFSET);
        final String problem;
        if (version == 0)
        {
            problem = file + " is not complete: the node is starting, or died at it";
        }
        else if (header.getLong(NodeFileLayout.MAGIC_OFFSET) != NodeFileLayout.MAGIC)
        {
            problem = file + " is not the file of a node";
        }
        else if (version != NodeFileLayout.VERSION)
        {
            problem = file + " is of version " + version + ", and this is for " + NodeFileLayout.VERSION;
        }
        else
        {
            problem = NodeFileLayout.isWhole(header, mapped.capacity()) ? null : file + " is damaged";
        }
        if (problem != null)
        {
            throw new NotANodeFileException(problem);
        }
    }
}
