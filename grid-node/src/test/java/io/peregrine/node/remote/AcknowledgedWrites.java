package io.peregrine.node.remote;

import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writes ever higher numbers to a few keys, one after the other, on a thread of its own, and remembers which were
 * acknowledged and which may have happened. Anything but the two kinds of answers that a caller has to expect ends it.
 */
final class AcknowledgedWrites implements AutoCloseable
{
    static final int KEYS = 50;
    private static final long END_MS = TimeUnit.SECONDS.toMillis(120);

    private final GridMap<String, Long> map;
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Set<Long>> perhaps = new HashMap<>();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final Thread thread = new Thread(this::write, "writes");
    private volatile long count;
    private volatile boolean isOver;

    AcknowledgedWrites(final GridMap<String, Long> map)
    {
        this.map = map;
        thread.setDaemon(true);
        thread.start();
    }

    static String key(final int number)
    {
        return "key-" + number;
    }

    private void write()
    {
        try
        {
            for (long value = 0; !isOver; value++)
            {
                write(key((int) (value % KEYS)), value);
            }
        }
        catch (final RuntimeException | Error ex)
        {
            fault.set(ex);
        }
    }

    private void write(final String key, final long value)
    {
        try
        {
            map.put(key, value);
            acknowledged.put(key, value);
            count++;
        }
        catch (final OutcomeUnknownException ex)
        {
            perhaps.computeIfAbsent(key, each -> new HashSet<>()).add(value);
        }
        catch (final RefusedException ex)
        {
            // It did not happen.
            Thread.yield();
        }
    }

    /**
     * @return writes that were acknowledged so far.
     */
    long count()
    {
        assertNull(fault.get(), () -> "a caller was told what it need not expect: " + fault.get());
        return count;
    }

    /**
     * No more writes; every key has what was acknowledged last, or what may have happened at any time since it was
     * asked for.
     */
    void endAndCheck() throws InterruptedException
    {
        isOver = true;
        thread.join(END_MS);
        assertFalse(thread.isAlive(), "a call does not end");
        count();
        assertEquals(KEYS, acknowledged.size());
        acknowledged.forEach((key, value) ->
        {
            final Long found = map.get(key);
            assertTrue(value.equals(found) || perhaps.getOrDefault(key, Set.of()).contains(found),
                () -> key + " was acknowledged as " + value + ", is " + found + ", perhaps " + perhaps.get(key));
        });
    }

    @Override
    public void close()
    {
        isOver = true;
    }
}
