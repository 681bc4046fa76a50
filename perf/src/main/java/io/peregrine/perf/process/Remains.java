package io.peregrine.perf.process;

import org.agrona.IoUtil;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What this process would leave behind when it is asked to end in the middle: first its children are killed, then, as
 * nobody writes to them any more, their files are deleted. Any thread.
 */
final class Remains
{
    private static final long END_SECONDS = 5;
    private static final int TRIES = 100;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();
    private static final Set<Path> PLACES = ConcurrentHashMap.newKeySet();
    private static volatile boolean isEnding;

    static
    {
        Runtime.getRuntime().addShutdownHook(new Thread(Remains::clear, "remains"));
    }

    private Remains()
    {
    }

    static void add(final Process child)
    {
        CHILDREN.add(child);
        if (isEnding)
        {
            child.destroyForcibly();
        }
    }

    static void remove(final Process child)
    {
        CHILDREN.remove(child);
    }

    static void add(final Path place)
    {
        PLACES.add(place);
    }

    /**
     * Threads of this process may still write there: until nothing is left in which they could.
     */
    static void delete(final Path place)
    {
        for (int i = 0; i < TRIES && Files.exists(place); i++)
        {
            IoUtil.delete(place.toFile(), true);
            LockSupport.parkNanos(PAUSE_NS);
        }
        PLACES.remove(place);
    }

    private static void clear()
    {
        isEnding = true;
        CHILDREN.forEach(Process::destroyForcibly);
        try
        {
            for (final Process child : CHILDREN)
            {
                child.waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        PLACES.forEach(Remains::delete);
    }
}
