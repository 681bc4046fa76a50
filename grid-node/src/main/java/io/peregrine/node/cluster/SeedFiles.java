package io.peregrine.node.cluster;

import io.peregrine.transport.process.StartupException;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where a seed keeps the control plane, and the mark that says what it is worth. Without a mark everything there is of
 * no worth: the work of a start or of a restoring that did not come to its end. Any thread may mark.
 */
final class SeedFiles
{
    /**
     * For a version that nothing has.
     */
    static final long UNREADABLE = 0;

    private static final String FORMING = "forming";
    private static final String MEMBER = "member";

    private final Path root;
    private final long version;

    /**
     * @param directory of the node.
     * @param version   of the node, which the marks are given.
     */
    SeedFiles(final Path directory, final long version)
    {
        root = directory.resolve("control");
        this.version = version;
    }

    Path root()
    {
        return root;
    }

    Path archive()
    {
        return root.resolve("archive");
    }

    Path cluster()
    {
        return root.resolve("cluster");
    }

    Standing standing()
    {
        if (Files.exists(root.resolve(MEMBER)))
        {
            return Standing.MEMBER;
        }

        return Files.exists(root.resolve(FORMING)) ? Standing.FORMING : Standing.BLANK;
    }

    /**
     * @return version of the node that marked what there is, where something is marked; {@link #UNREADABLE} where the
     *     mark does not say.
     */
    long version()
    {
        try
        {
            return Long.parseLong(Files.readString(fileOf(standing()), StandardCharsets.US_ASCII));
        }
        catch (final NumberFormatException ex)
        {
            return UNREADABLE;
        }
        catch (final IOException ex)
        {
            throw unwritable(ex);
        }
    }

    private Path fileOf(final Standing standing)
    {
        return root.resolve(standing == Standing.MEMBER ? MEMBER : FORMING);
    }

    /**
     * What is there is as it is said from now on, also after a loss of power.
     */
    synchronized void mark(final Standing standing)
    {
        final Path file = fileOf(standing);
        final Path next = file.resolveSibling(file.getFileName() + ".new");
        try
        {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
            {
                channel.write(ByteBuffer.wrap(Long.toString(version).getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(root, StandardOpenOption.READ))
            {
                directory.force(true);
            }
        }
        catch (final IOException ex)
        {
            throw unwritable(ex);
        }
    }

    /**
     * Delete what is of no worth.
     */
    void clear()
    {
        IoUtil.delete(archive().toFile(), false);
        IoUtil.delete(cluster().toFile(), false);
        try
        {
            Files.createDirectories(archive());
            Files.createDirectories(cluster());
        }
        catch (final IOException ex)
        {
            throw unwritable(ex);
        }
    }

    /**
     * What is there is kept under another name, and is not used any more.
     */
    void setAside()
    {
        try
        {
            int number = 1;
            while (Files.exists(root.resolveSibling("control-old-" + number)))
            {
                number++;
            }
            Files.move(root, root.resolveSibling("control-old-" + number), StandardCopyOption.ATOMIC_MOVE);
        }
        catch (final IOException ex)
        {
            throw unwritable(ex);
        }
    }

    /**
     * @return bytes that are free on the disk, for this process.
     */
    long room()
    {
        try
        {
            Files.createDirectories(root);
            return Files.getFileStore(root).getUsableSpace();
        }
        catch (final IOException ex)
        {
            throw unwritable(ex);
        }
    }

    private StartupException unwritable(final IOException cause)
    {
        return new StartupException(
            "the directory " + root + " cannot be written (" + cause + "): make room there.", cause);
    }
}
