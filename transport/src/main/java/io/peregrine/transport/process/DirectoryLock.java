package io.peregrine.transport.process;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A directory to one process, and within it to one holder. The operating system lets go of the lock when the process
 * dies, however it dies, so a restart need not wait and nothing stale has to be cleared.
 * <p>
 * The lock file stays when the lock is given back: to delete it would let two processes hold two files of one name.
 */
public final class DirectoryLock implements AutoCloseable
{
    /**
     * Name of the lock file.
     */
    public static final String FILE_NAME = "peregrine.lock";

    private static final int LONGEST_PID = 20;

    /**
     * Directories held in this JVM. Looked up before the file is opened, as closing a second channel on a file would
     * make the operating system drop this process's lock on it.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(final Path directory, final FileChannel channel)
    {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory to hold; it is created where it is absent.
     * @return the lock.
     * @throws StartupException when it is held already, or cannot be written.
     */
    public static DirectoryLock acquire(final Path directory)
    {
        synchronized (HELD)
        {
            final Path real = ensureWritable(directory);
            if (HELD.contains(real))
            {
                throw held(real, "another node of this process");
            }
            final DirectoryLock lock = new DirectoryLock(real, lockFile(real));
            HELD.add(real);
            return lock;
        }
    }

    /**
     * @return the directory that is held.
     */
    public Path directory()
    {
        return directory;
    }

    @Override
    public void close()
    {
        synchronized (HELD)
        {
            if (HELD.remove(directory))
            {
                CloseHelper.quietClose(channel);
            }
        }
    }

    /**
     * @param directory to create where it is absent.
     * @return its real path.
     * @throws StartupException when it cannot be created or written.
     */
    public static Path ensureWritable(final Path directory)
    {
        try
        {
            Files.createDirectories(directory);
            final Path real = directory.toRealPath();
            if (!Files.isDirectory(real) || !Files.isWritable(real))
            {
                throw new StartupException("the directory " + real + " cannot be written: " +
                    "give this user the right to write there, or set another directory.");
            }
            return real;
        }
        catch (final IOException ex)
        {
            throw new StartupException("the directory " + directory.toAbsolutePath() +
                " cannot be created (" + ex + "): give this user the right to, or set another directory.", ex);
        }
    }

    private static FileChannel lockFile(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        FileChannel channel = null;
        try
        {
            channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (lock == null)
            {
                final String pid = readPid(channel);
                throw held(directory, pid.isEmpty() ? "another process" : "process " + pid);
            }
            final String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return channel;
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(channel);
            throw new StartupException("the lock file " + file + " cannot be written (" + ex + "): " +
                "give this user the right to, or set another directory.", ex);
        }
        catch (final StartupException ex)
        {
            CloseHelper.quietClose(channel);
            throw ex;
        }
    }

    private static String readPid(final FileChannel channel) throws IOException
    {
        final ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim();
    }

    private static StartupException held(final Path directory, final String holder)
    {
        return new StartupException("the directory " + directory + " is in use by " + holder +
            ": stop it, or give this node a directory of its own (setting 'dir').");
    }

}
