package io.peregrine.perf.process;

import io.peregrine.transport.monitor.LiveDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory for the mapped files of a benchmark's processes, where those of nodes are by default; deleted when it is
 * closed or the process ends.
 */
public final class Workplace implements AutoCloseable
{
    private final Path path;

    /**
     * Make it.
     */
    public Workplace()
    {
        try
        {
            path = Files.createTempDirectory(
                LiveDirectory.defaultPath().toAbsolutePath().getParent(), "peregrine-bench");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("no directory for the benchmark can be made", ex);
        }

        Remains.add(path);
    }

    /**
     * A place in it.
     *
     * @param name of a file or directory.
     * @return its path.
     */
    public Path resolve(final String name)
    {
        return path.resolve(name);
    }

    @Override
    public void close()
    {
        Remains.delete(path);
    }
}
