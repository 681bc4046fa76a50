package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing is allocated on the heap in steady state.
 */
class AllocationTest
{
    private static final int KEYS = 5_000;
    private static final int ROUNDS = 400;
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Fixture fixture = new Fixture(256L << 20, MapStore.TRACED | MapStore.EVICTABLE);
    private final RecordConsumer removal = this::removeRecord;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldNotAllocateWhenEntriesAreOverwrittenAndRead()
    {
        assertNoAllocation((i) ->
        {
            fixture.put(i % KEYS, 100);
            assertEquals(100, fixture.get(i * 31 % KEYS, 1) < 0 ? 100 : fixture.get(i * 31 % KEYS, 1));
        });
    }

    @Test
    void shouldNotAllocateWhenEntriesComeAndGoAndChangeSize()
    {
        assertNoAllocation((i) ->
        {
            fixture.put(i % KEYS, (int) (i * 7919 % 600));
            fixture.remove((i + KEYS / 2) % KEYS);
            fixture.space.compact(2);
        });
    }

    @Test
    void shouldNotAllocateWhenEntriesExpireAndAreEvicted()
    {
        assertNoAllocation((i) ->
        {
            final long now = i << 18;
            fixture.expiry.set(now + 50_000_000, 0, 0);
            fixture.put(i % KEYS, 60, fixture.expiry);
            fixture.space.expired(now, 10, removal);
            fixture.space.pagesFor(Fixture.ID, i, 16, 60, null);
            if (i % 16 == 0)
            {
                fixture.space.evictionCandidate(Fixture.ID, i * 0x9E3779B97F4A7C15L, 16, 60, removal);
            }
        });
    }

    private boolean removeRecord(final RecordView record)
    {
        final long hash = record.hash();
        final int length = record.copyKey(fixture.key, 0);
        return fixture.store.remove(hash, fixture.key, 0, length);
    }

    private static void assertNoAllocation(final LongConsumer operation)
    {
        final long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        long number = 0;
        for (int round = 0; round < ROUNDS && least != 0; round++)
        {
            final long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < KEYS * 4; i++)
            {
                operation.accept(number++);
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        assertTrue(number > 0);
        assertEquals(0, least, "bytes allocated in " + KEYS * 4 + " operations");
    }
}
