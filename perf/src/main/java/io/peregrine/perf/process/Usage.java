package io.peregrine.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes of its machine at one moment, as Linux tells it.
 *
 * @param memoryKb resident memory.
 * @param threads  of it.
 * @param files    that it has open.
 * @param mappings of files and memory.
 */
public record Usage(long memoryKb, long threads, long files, long mappings)
{
    /**
     * Look.
     *
     * @param pid of the process.
     * @return what it takes.
     * @throws IOException when it is gone, or this is no Linux.
     */
    public static Usage of(final long pid) throws IOException
    {
        final Path process = Path.of("/proc", Long.toString(pid));
        long memoryKb = 0;
        long threads = 0;
        for (final String line : Files.readAllLines(process.resolve("status")))
        {
            if (line.startsWith("VmRSS:"))
            {
                memoryKb = number(line);
            }
            else if (line.startsWith("Threads:"))
            {
                threads = number(line);
            }
        }
        return new Usage(memoryKb, threads, count(Files.list(process.resolve("fd"))),
            count(Files.lines(process.resolve("maps"))));
    }

    private static long number(final String line)
    {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static long count(final Stream<?> lines)
    {
        try (lines)
        {
            return lines.count();
        }
    }
}
