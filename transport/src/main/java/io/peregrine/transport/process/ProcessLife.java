package io.peregrine.transport.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Whether a process lives that somebody wrote down, and not another one that was given its pid. On Linux this is read
 * from the kernel: the JVM tells when a process started by the wall clock, which is another time once that clock was
 * set, and takes one for alive that was killed and that nobody has waited for. Any thread.
 */
public final class ProcessLife
{
    private static final int START_FIELD = 19;

    private ProcessLife()
    {
    }

    /**
     * @param pid of a process.
     * @return a number that another process of the same pid does not have: ticks from the start of the machine to that
     *         of the process, or where the system does not tell, epoch ms; 0 where nothing is known.
     */
    public static long start(final long pid)
    {
        final String[] fields = fields(pid);
        return fields != null ? Long.parseLong(fields[START_FIELD]) :
            ProcessHandle.of(pid).flatMap((process) -> process.info().startInstant()).map(Instant::toEpochMilli)
                .orElse(0L);
    }

    /**
     * @param pid   of a process.
     * @param start what {@link #start(long)} said of it; 0 for any.
     * @return whether it lives.
     */
    public static boolean isAlive(final long pid, final long start)
    {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty())
        {
            return false;
        }

        final String[] fields = fields(pid);
        final boolean isDead = fields != null && (fields[0].equals("Z") || fields[0].equals("X"));
        return !isDead && (start == 0 || start == start(pid));
    }

    /**
     * @return what the kernel says of a process, from its state on; null where it does not.
     */
    private static String[] fields(final long pid)
    {
        try
        {
            final String line = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            final String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ");
            return fields.length > START_FIELD ? fields : null;
        }
        catch (final IOException ex)
        {
            return null;
        }
    }
}
