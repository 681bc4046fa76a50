package io.peregrine.transport.monitor;

import io.peregrine.transport.process.DirectoryLock;
import io.peregrine.transport.process.StartupException;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who may have a node's file: one at a time decides, under a lock on the directory that is held for the decision only.
 */
final class NodeFileClaim
{
    /**
     * How long the file of a dead node is kept for its post-mortem, in milliseconds since its last activity.
     */
    static final long KEPT_MS = TimeUnit.DAYS.toMillis(1);

    private static final String LOCK_FILE = ".lock";

    /**
     * Files of this process's nodes.
     */
    private static final Set<Path> OWN = new HashSet<>();

    private NodeFileClaim()
    {
    }

    /**
     * Makes an empty file of full length, in place of a dead node's.
     *
     * @param directory of the nodes.
     * @param name      of the node.
     * @param length    of the file in bytes.
     * @param nowMs     wall time.
     * @return the file.
     */
    static Path claim(final Path directory, final String name, final int length, final long nowMs)
    {
        synchronized (OWN)
        {
            final Path real = ensure(directory);
            final Path file = LiveDirectory.fileOf(real, name);
            try (FileChannel lock = FileChannel.open(
                real.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE))
            {
                lock.lock();
                refuseIfLive(file, name);
                sweep(real, nowMs);
                removeDrivers(real);
                Files.deleteIfExists(file);
                allocate(file, length);
            }
            catch (final IOException ex)
            {
                throw new StartupException("the file " + file + " cannot be made (" + ex + "): it needs " +
                    length / 1024 + " KiB. Make room there (in a container: a larger /dev/shm), or set another " +
                    "directory (setting 'live.dir').", ex);
            }
            OWN.add(file);
            return file;
        }
    }

    static void release(final Path file)
    {
        synchronized (OWN)
        {
            if (OWN.remove(file))
            {
                file.toFile().delete();
            }
        }
    }

    private static Path ensure(final Path directory)
    {
        if (!Files.exists(directory))
        {
            createPrivate(directory);
        }
        return DirectoryLock.ensureWritable(directory);
    }

    /**
     * Readable by this user only, as counters and errors tell about the data. What cannot be made here is reported by
     * the caller's check.
     */
    private static void createPrivate(final Path directory)
    {
        final FileAttribute<?> ownerOnly =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try
        {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            Files.createDirectory(directory, ownerOnly);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            // Another process may have made it meanwhile, or the file system knows no such rights.
            DirectoryLock.ensureWritable(directory);
        }
    }

    private static void refuseIfLive(final Path file, final String name)
    {
        if (OWN.contains(file))
        {
            throw new StartupException("a node with the name '" + name + "' runs in this process already: " +
                "give this one another (setting 'name').");
        }
        try (NodeFileView view = NodeFileView.openIfPresent(file))
        {
            if (view != null && view.pid() != ProcessHandle.current().pid() && view.isProcessAlive())
            {
                throw new StartupException("a node with the name '" + name + "' runs already, in process " +
                    view.pid() + ": stop it, or give this one another name (setting 'name').");
            }
        }
    }

    private static void sweep(final Path directory, final long nowMs) throws IOException
    {
        for (final Path file : LiveDirectory.files(directory))
        {
            if (!OWN.contains(file) && isForgotten(file, nowMs))
            {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Media drivers of nodes that were killed leave their mapped files, megabytes of shared memory each: nobody reads
     * them.
     */
    private static void removeDrivers(final Path directory)
    {
        for (final Path driver : LiveDirectory.drivers(directory))
        {
            final Path file = LiveDirectory.fileOf(directory, LiveDirectory.nameOfDriver(driver));
            if (!OWN.contains(file) && !isLive(file))
            {
                IoUtil.delete(driver.toFile(), true);
            }
        }
    }

    private static boolean isLive(final Path file)
    {
        try (NodeFileView view = NodeFileView.openIfPresent(file))
        {
            return view != null && view.isProcessAlive();
        }
    }

    private static boolean isForgotten(final Path file, final long nowMs)
    {
        try (NodeFileView view = NodeFileView.openIfPresent(file))
        {
            return view != null && !view.isProcessAlive() && nowMs - view.lastActivityMs() > KEPT_MS;
        }
    }

    /**
     * Writes every byte, so that a full file system is an error now and not a bus error at some later store.
     */
    private static void allocate(final Path file, final int length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocate(length);
            while (zeros.hasRemaining())
            {
                channel.write(zeros);
            }
        }
        catch (final IOException ex)
        {
            Files.deleteIfExists(file);
            throw ex;
        }
    }
}
