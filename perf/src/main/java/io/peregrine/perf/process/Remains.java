package io.peregrine.perf.process;

import org.agrona.IoUtil;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What this process would leave behind when it is asked to end in the middle: first its children are killed, then, as
 * nobody writes to them any more, their files are deleted. Any thread.
 */
final class Remains
{
    private static final long END_SECONDS = 5;
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

    static void delete(final Path place)
    {
        IoUtil.delete(place.toFile(), true);
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
