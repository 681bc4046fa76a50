package io.peregrine.node.cluster;

import io.peregrine.transport.process.StartupException;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
    private static final String FORMING = "forming";
    private static final String MEMBER = "member";

    private final Path root;

    /**
     * @param directory of the node.
     */
    SeedFiles(final Path directory)
    {
        root = directory.resolve("control");
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
     * What is there is as it is said from now on, also after a loss of power.
     */
    void mark(final Standing standing)
    {
        final Path file = root.resolve(standing == Standing.MEMBER ? MEMBER : FORMING);
        try
        {
            Files.createDirectories(root);
            try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
            {
                channel.force(true);
            }
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
