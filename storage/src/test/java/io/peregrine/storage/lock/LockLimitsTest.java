package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many who wait, many names, and messages that are none.
 */
class LockLimitsTest
{
    private static final int WAITERS = 10_000;
    private static final int NAMES = 1_000_000;
    private static final int SEMAPHORES = 200_000;
    private static final int AT_ONCE = 1_000;
    private static final long MEMORY_PER_LOCK = 80;

    private final Locks locks = new Locks();

    @AfterEach
    void close()
    {
        locks.close();
    }

    @Test
    void shouldServeTenThousandInOrderAndGiveTheirMemoryBack()
    {
        final long before = locks.budget.reserved();
        locks.acquire("book", 1, 50, 0);
        for (int i = 0; i < WAITERS; i++)
        {
            assertEquals(ResultStatus.QUEUED, locks.acquire("book", 2 + i, 50, 1000));
        }
        assertTrue(locks.budget.reserved() - before > WAITERS * 100L);
        for (int i = 0; i <= WAITERS; i++)
        {
            assertTrue(locks.look("book"));
            assertEquals(1 + i, locks.table.view().session());
            locks.woken = "";
            assertEquals(ResultStatus.APPLIED, locks.release("book", 1 + i, locks.table.view().fence()));
        }
        assertFalse(locks.look("book"));
        assertEquals(0, locks.table.queues().bytes());
    }

    @Test
    void shouldTakeNoMoreIntoALineThanTheLimit()
    {
        locks.acquire("book", 1, 50, 0);
        for (int i = 0; i < LockTable.MAX_WAITERS_OF_LOCK; i++)
        {
            assertEquals(ResultStatus.QUEUED, locks.acquire("book", 2 + i, 50, 1000));
        }
        assertEquals(ResultStatus.QUEUE_FULL, locks.acquire("book", 1 << 20, 50, 1000));
        locks.leave("book", 5);
        assertEquals(ResultStatus.QUEUED, locks.acquire("book", 1 << 20, 50, 1000));
        locks.sessionEnded(1 << 20);
        assertEquals(LockTable.MAX_WAITERS_OF_LOCK - 1, locks.waiters("book"));
    }

    @Test
    void shouldGiveMemoryBackWhenAMillionNamesAreUsedNoMore()
    {
        for (int i = 0; i < NAMES; i += AT_ONCE)
        {
            for (int j = i; j < i + AT_ONCE; j++)
            {
                locks.acquire("lock-" + j, 1, 50, 0);
            }
            locks.time += 50;
            for (int j = i; j < i + AT_ONCE; j++)
            {
                locks.expire("lock-" + j);
            }
        }
        assertEquals(0, locks.table.map().size());
        assertTrue(
            locks.maps.usedPages() * 16384L < AT_ONCE * 2 * MEMORY_PER_LOCK + (1 << 20),
            () -> "pages " + locks.maps.usedPages());
    }

    /**
     * Their totals are remembered for a day.
     */
    @Test
    void shouldGiveMemoryBackWhenManySemaphoresWereNotUsedForADay()
    {
        try (Permits permits = new Permits(PermitTable::new))
        {
            for (int i = 0; i < SEMAPHORES; i += AT_ONCE)
            {
                for (int j = i; j < i + AT_ONCE; j++)
                {
                    permits.acquire("pool-" + j, 5, 2, 1, 50, 0);
                }
                permits.time += 50;
                for (int j = i; j < i + AT_ONCE; j++)
                {
                    permits.expire("pool-" + j);
                    assertEquals(5, permits.free("pool-" + j));
                }
                permits.time += PermitTable.FORGOTTEN_AFTER_NS;
                for (int j = i; j < i + AT_ONCE; j++)
                {
                    permits.expire("pool-" + j);
                }
            }
            assertEquals(0, permits.table.map().size());
            assertEquals(0, permits.table.holders().bytes());
            assertTrue(
                permits.maps.usedPages() * 16384L < AT_ONCE * 2 * MEMORY_PER_LOCK + (1 << 20),
                () -> "pages " + permits.maps.usedPages());
        }
    }

    @Test
    void shouldRefuseRowsThatAreNoneWithoutChangingAnything()
    {
        locks.acquire("book", 1, 50, 0);
        locks.acquire("book", 2, 50, 100);
        locks.acquire("book", 3, 50, 100);
        final LockSnapshot snapshot = new LockSnapshot(locks.hasher);
        assertEquals(-1, snapshot.write(locks.table, 0, 1 << 16));
        final int length = snapshot.length();
        assertTrue(isLoadable(snapshot, true, locks.sequence, snapshot.buffer(), length));
        assertFalse(isLoadable(snapshot, false, locks.sequence, snapshot.buffer(), length));
        assertFalse(isLoadable(snapshot, true, 1, snapshot.buffer(), length));
        for (int cut = 0; cut < length; cut++)
        {
            assertFalse(isLoadable(snapshot, true, locks.sequence, snapshot.buffer(), cut));
        }
        final byte[] bytes = new byte[length];
        snapshot.buffer().getBytes(0, bytes);
        final UnsafeBuffer broken = new UnsafeBuffer(bytes);
        for (int i = 0; i < length; i++)
        {
            final byte was = bytes[i];
            bytes[i] = -1;
            if (isLoadable(snapshot, true, locks.sequence, broken, length))
            {
                loadInto(snapshot, broken);
            }
            bytes[i] = was;
        }
    }

    private static boolean isLoadable(
        final LockSnapshot snapshot,
        final boolean isInRange,
        final long sequence,
        final DirectBuffer from,
        final int length)
    {
        return snapshot.isLoadable(StructureKind.LOCKS, (hash) -> isInRange, sequence, from, 0, length);
    }

    /**
     * What is not found out is a number that could be right: it loads, and the table works.
     */
    private static void loadInto(final LockSnapshot snapshot, final UnsafeBuffer broken)
    {
        try (Locks other = new Locks())
        {
            assertTrue(snapshot.load(other.table, other.maps, other.pool, broken, 0));
            assertEquals(1, other.table.map().size());
            assertEquals(2, other.table.queues().size());
        }
    }
}
