package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Readers on other threads while entries change, maps are cleared and destroyed, and the node is closed under them.
 */
@Timeout(120)
class ChurnTest
{
    private static final int KEYS = 2_000;
    private static final int LONGEST = 2_000;
    private static final int READERS = 2;
    private static final long CHANGES = 20_000;

    private final AtomicReference<Throwable> wrong = new AtomicReference<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong hits = new AtomicLong();

    @Test
    void shouldReadWholeValuesOrTypedErrorsWhenRefusing() throws InterruptedException
    {
        churn(Nodes.context(Threading.INLINE).partitions(8), CHANGES);
    }

    @Test
    void shouldReadWholeValuesOrTypedErrorsWhenEvicting() throws InterruptedException
    {
        churn(Nodes.context(Threading.INLINE).partitions(8)
            .memoryLimit(6 << 20).memoryPolicy(MemoryPolicy.EVICT).agents(1), CHANGES);
    }

    @Test
    void shouldReadWholeValuesOrTypedErrorsWhenAgentsShareShortMemory() throws InterruptedException
    {
        churn(Nodes.context(Threading.INLINE).partitions(8)
            .memoryLimit(8 << 20).memoryPolicy(MemoryPolicy.EVICT).agents(2), CHANGES);
    }

    /**
     * Let readers run until so many changes are made and the node is closed.
     */
    void churn(final NodeContext context, final long changes) throws InterruptedException
    {
        final GridNode node = GridNode.launch(context);
        final List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++)
        {
            final int seed = i;
            final Thread reader = new Thread(() -> guarded(() -> read(node, new Random(seed))));
            readers.add(reader);
            reader.start();
        }
        guarded(() -> write(node, changes, new Random(99)));
        node.close();
        done.set(true);
        for (final Thread reader : readers)
        {
            reader.join(60_000);
            assertFalse(reader.isAlive(), "a reader hangs");
        }
        assertNull(wrong.get(), () -> String.valueOf(wrong.get()));
        assertTrue(hits.get() > 0);
    }

    private void write(final GridNode node, final long changes, final Random random)
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Long.BYTES]);
        final UnsafeBuffer value = new UnsafeBuffer(new byte[LONGEST]);
        FlyweightMap map = node.grid().flyweightMap("map");
        for (long i = 0; i < changes && wrong.get() == null; i++)
        {
            final long number = random.nextInt(KEYS);
            key.putLong(0, number);
            if (i % 5_000 == 4_999)
            {
                node.grid().map("map", Codecs.LONG, Codecs.BYTES).clear();
            }
            else if (i % 4_000 == 3_999)
            {
                map.close();
                node.grid().map("map", Codecs.LONG, Codecs.BYTES).destroy();
                map = node.grid().flyweightMap("map");
            }
            else if (random.nextInt(10) == 0)
            {
                map.remove(key, 0, Long.BYTES);
            }
            else
            {
                final int length = 16 + random.nextInt(LONGEST - 16);
                fill(value, number, length, (byte) random.nextInt());
                map.put(key, 0, Long.BYTES, value, 0, length);
            }
        }
        map.close();
    }

    private void read(final GridNode node, final Random random)
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Long.BYTES]);
        final UnsafeBuffer value = new UnsafeBuffer(new byte[LONGEST]);
        while (!done.get())
        {
            try (FlyweightMap map = node.grid().flyweightMap("map"))
            {
                while (!done.get())
                {
                    final long number = random.nextInt(KEYS);
                    key.putLong(0, number);
                    if (number % 16 == 0)
                    {
                        Thread.yield();
                    }
                    final int length = map.get(key, 0, Long.BYTES, value, 0, LONGEST);
                    if (length >= 0)
                    {
                        check(value, number, length);
                        hits.incrementAndGet();
                    }
                }
            }
            catch (final GridException ex)
            {
                // Destroyed, or the node is closed: typed, and tried again until the end.
                Thread.onSpinWait();
            }
        }
    }

    private static void fill(final UnsafeBuffer value, final long number, final int length, final byte mark)
    {
        value.putLong(0, number);
        value.putInt(8, length);
        value.setMemory(12, length - 12, mark);
    }

    private static void check(final UnsafeBuffer value, final long number, final int length)
    {
        boolean whole = value.getLong(0) == number && value.getInt(8) == length;
        final byte mark = value.getByte(12);
        for (int i = 13; i < length; i++)
        {
            whole &= value.getByte(i) == mark;
        }
        if (!whole)
        {
            throw new AssertionError("torn: key " + number + " has " + value.getLong(0) + ", length " + length);
        }
    }

    private void guarded(final Runnable body)
    {
        try
        {
            body.run();
        }
        catch (final Throwable ex)
        {
            wrong.compareAndSet(null, ex);
            done.set(true);
        }
    }
}
