package io.peregrine.transport.monitor;

import org.agrona.SystemUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which the nodes of one user on one machine show themselves.
 */
public final class LiveDirectory
{
    private static final String SUFFIX = ".node";
    private static final String DRIVER_SUFFIX = ".driver";
    private static final String CONTROL = "~control";

    private LiveDirectory()
    {
    }

    /**
     * @return a directory of this user in shared memory where there is such a thing, else among temporary files.
     */
    public static Path defaultPath()
    {
        final Path shared = Path.of("/dev/shm");
        final Path parent = SystemUtil.isLinux() && Files.isDirectory(shared) && Files.isWritable(shared) ?
            shared : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("peregrine-" + System.getProperty("user.name", "default").replaceAll("[^\\w.-]", "_"));
    }

    /**
     * @param directory of nodes.
     * @param name      of a node.
     * @return where its file is.
     */
    public static Path fileOf(final Path directory, final String name)
    {
        return directory.resolve(name + SUFFIX);
    }

    /**
     * @param directory of nodes.
     * @param name      of a node.
     * @return where the files of its media driver are.
     */
    public static Path driverOf(final Path directory, final String name)
    {
        return directory.resolve(name + DRIVER_SUFFIX);
    }

    /**
     * @param directory of nodes.
     * @param name      of a node.
     * @return where the files of the media driver are by which it speaks of what is decided for the whole grid.
     */
    public static Path controlDriverOf(final Path directory, final String name)
    {
        return driverOf(directory, name + CONTROL);
    }

    static String nameOfDriver(final Path driver)
    {
        final String file = driver.getFileName().toString();
        final String name = file.substring(0, file.length() - DRIVER_SUFFIX.length());
        return name.endsWith(CONTROL) ? name.substring(0, name.length() - CONTROL.length()) : name;
    }

    static List<Path> drivers(final Path directory)
    {
        return withSuffix(directory, DRIVER_SUFFIX);
    }

    /**
     * @param directory of nodes.
     * @return the files in it, dead nodes' too, by name; none when the directory is absent.
     */
    public static List<Path> files(final Path directory)
    {
        return withSuffix(directory, SUFFIX);
    }

    private static List<Path> withSuffix(final Path directory, final String suffix)
    {
        if (!Files.isDirectory(directory))
        {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.filter(entry -> entry.getFileName().toString().endsWith(suffix)).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the directory " + directory + " cannot be read", ex);
        }
    }
}
