package io.peregrine.client.remote;

import io.peregrine.transport.process.DirectoryLock;
import io.peregrine.transport.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * A directory for the files of one client's media driver, locked while the client lives, so that what a killed client
 * left can be told from what a living one needs, and is removed by the next one.
 */
final class DriverDirectory implements AutoCloseable
{
    private static final String PREFIX = "client-";
    private static final String DRIVER = "driver";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path path;
    private final DirectoryLock lock;

    private DriverDirectory(final Path path)
    {
        this.path = path;
        lock = DirectoryLock.acquire(path);
    }

    /**
     * Make a directory, and remove those of dead clients.
     *
     * @param parent of it.
     * @return locked until it is closed.
     * @throws StartupException when it cannot be made.
     */
    static DriverDirectory create(final Path parent)
    {
        if (!Files.exists(parent))
        {
            createPrivate(parent);
        }
        DirectoryLock.ensureWritable(parent);
        sweep(parent);
        return new DriverDirectory(
            parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet()));
    }

    /**
     * Where the driver has its files.
     */
    Path driver()
    {
        return path.resolve(DRIVER);
    }

    @Override
    public void close()
    {
        IoUtil.delete(path.toFile(), true);
        lock.close();
    }

    private static void sweep(final Path parent)
    {
        for (final Path path : clients(parent))
        {
            try (DriverDirectory dead = new DriverDirectory(path))
            {
                IoUtil.delete(dead.driver().toFile(), true);
            }
            catch (final StartupException isInUse)
            {
                continue;
            }
        }
    }

    private static List<Path> clients(final Path parent)
    {
        try (Stream<Path> entries = Files.list(parent))
        {
            return entries.filter((entry) -> entry.getFileName().toString().matches(PREFIX + "\\d+-\\d+")).toList();
        }
        catch (final IOException ex)
        {
            return List.of();
        }
    }

    /**
     * Readable by this user only, as the files hold messages. What cannot be made here is reported by the check after.
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
            DirectoryLock.ensureWritable(directory);
        }
    }
}
