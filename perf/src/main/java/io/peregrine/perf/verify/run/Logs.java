package io.peregrine.perf.verify.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the logs of clients are.
 */
final class Logs
{
    private Logs()
    {
    }

    static Path path(final Path directory, final int number)
    {
        return directory.resolve("client-" + number);
    }

    /**
     * @return those that there are; those of one run that is over.
     */
    static List<Path> all(final Path directory)
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the logs of clients cannot be listed", ex);
        }
    }
}
