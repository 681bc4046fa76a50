package io.peregrine.perf.verify.run;

import io.peregrine.perf.process.NodeNames;
import io.peregrine.perf.process.Workplace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the nodes of a run are, and what their clients are to do.
 *
 * @param names    of the nodes.
 * @param place    for all files.
 * @param seed     of the run.
 * @param fromNs   when it began.
 * @param embedded clients in all nodes together.
 * @param clients  so far, in all their lives.
 * @param flags    of the JVMs of nodes.
 */
record Site(
    NodeNames names, Workplace place, long seed, long fromNs, int embedded, AtomicInteger clients, List<String> flags)
{
    Path cuts(final int number)
    {
        return place.resolve("cuts-" + number);
    }

    Path directory(final int number)
    {
        return place.resolve(names.name(number));
    }

    Path live(final int number)
    {
        return place.resolve("live-" + number);
    }

    Path logs()
    {
        try
        {
            return Files.createDirectories(place.resolve("logs"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("there is no place for the logs of clients", ex);
        }
    }

    /**
     * @return for a node that has just begun to serve: each of its clients is another one.
     */
    String load(final int number)
    {
        final StringBuilder line = new StringBuilder()
            .append(seed).append(' ').append(fromNs).append(' ').append(logs());
        for (int i = number; i < embedded; i += names.count())
        {
            line.append(' ').append(clients.getAndIncrement());
        }

        return line.toString();
    }
}
