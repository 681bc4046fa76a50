package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.peregrine.storage.map.MapReader;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A batch becomes visible to readers on other threads at one moment.
 */
class BatchVisibilityTest
{
    private static final int MAP = 1;
    private static final int ROUNDS = 100_000;
    private static final long LIMIT_S = 60;

    private final AtomicBoolean isDone = new AtomicBoolean();
    private final AtomicLong pairs = new AtomicLong();
    private final AtomicReference<String> torn = new AtomicReference<>();

    @Test
    @Timeout(120)
    void shouldNeverShowSecondKeyOlderThanFirstWhenBatchWroteBoth() throws Exception
    {
        try (StoreFixture fixture = new StoreFixture())
        {
            final Entries entries = new Entries();
            fixture.apply(entries.create(MAP));
            write(fixture, entries, 0);
            final MapReader reader = fixture.maps.reader(MAP);
            final CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(reader));
            try
            {
                for (long i = 1; !reading.isDone() && (i < ROUNDS || pairs.get() == 0); i++)
                {
                    write(fixture, entries, i);
                }
            }
            finally
            {
                isDone.set(true);
                reading.get(LIMIT_S, TimeUnit.SECONDS);
            }
            assertNull(torn.get());
            assertTrue(pairs.get() > 0);
        }
    }

    private static void write(final StoreFixture fixture, final Entries entries, final long value)
    {
        fixture.apply(entries.batch(List.of(
            Cmd.put(MAP, "first", value), Cmd.remove(MAP, "none"), Cmd.put(MAP, "second", value))));
    }

    private void read(final MapReader reader)
    {
        final UnsafeBuffer first = new UnsafeBuffer("first".getBytes());
        final UnsafeBuffer second = new UnsafeBuffer("second".getBytes());
        final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);
        while (!isDone.get())
        {
            final long before = read(reader, first, value);
            final long after = before < 0 ? -1 : read(reader, second, value);
            if (after >= 0)
            {
                pairs.incrementAndGet();
                if (after < before)
                {
                    torn.compareAndSet(null, "first " + before + ", then second " + after);
                }
            }
        }
    }

    private static long read(final MapReader reader, final UnsafeBuffer key, final UnsafeBuffer value)
    {
        final int length = reader.get(
            StoreFixture.hash(key, 0, key.capacity()), key, 0, key.capacity(), value, 0, Long.BYTES, 0);
        return length == Long.BYTES ? value.getLong(0) : -1;
    }
}
