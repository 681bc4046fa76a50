package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.memory.MemoryBudget;
import org.junit.jupiter.api.Test;

/**
 * The highest fence seen of each lock, and what becomes of those that are forgotten.
 */
class FenceTableTest
{
    private final MemoryBudget budget = new MemoryBudget(1L << 30);
    private final FenceTable table = new FenceTable(budget, new LockRules());

    @Test
    void shouldRefuseALowerFenceThanTheHighestSeenOfTheSameLock()
    {
        assertFalse(table.isStale(3, 77, 10));
        table.seen(3, 77, 10);
        assertFalse(table.isStale(3, 77, 10));
        assertFalse(table.isStale(3, 77, 11));
        assertTrue(table.isStale(3, 77, 9));
        assertFalse(table.isStale(3, 78, 9));
        assertFalse(table.isStale(4, 77, 9));
        assertEquals(10, table.bound(3, 77));
    }

    @Test
    void shouldFoldTheOneSeenLongestAgoIntoTheFloorOfItsPartition()
    {
        table.seen(1, 1, 500);
        table.seen(1, 2, 100);
        for (int i = 2; i < FenceTable.MAX_FENCES; i++)
        {
            table.seen(2, 1000 + i, 7);
        }
        table.seen(1, 1, 500);
        assertEquals(0, table.floor(1));
        table.seen(2, 1, 7);
        assertEquals(100, table.floor(1));
        assertEquals(FenceTable.MAX_FENCES, table.size());
        assertFalse(table.isRemembered(1, 2));
        assertTrue(table.isStale(1, 2, 99));
        assertFalse(table.isStale(1, 2, 100));
        assertTrue(table.isStale(1, 3, 99));
        assertTrue(table.isRemembered(1, 1));
        assertEquals(500, table.bound(1, 1));
        assertEquals(0, table.floor(3));
    }

    @Test
    void shouldNeverLetALowerFenceInAfterAHigherOneWhateverIsForgotten()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        final Random random = new Random(seed);
        final Map<Long, Long> highest = new HashMap<>();
        final long[] sequences = new long[4];
        for (int i = 0; i < 100_000; i++)
        {
            final int partition = random.nextInt(sequences.length);
            final long lock = random.nextInt(1000);
            final long fence = Math.max(1, ++sequences[partition] - random.nextInt(300));
            final long key = partition * 10_000L + lock;
            if (!table.isStale(partition, lock, fence))
            {
                assertTrue(fence >= highest.getOrDefault(key, 0L), () -> "with -Dseed=" + seed);
                highest.put(key, fence);
                table.seen(partition, lock, fence);
            }
            assertFalse(table.isStale(partition, lock, ++sequences[partition]), "fresh, with -Dseed=" + seed);
        }
        assertEquals(FenceTable.MAX_FENCES, table.size());
    }

    @Test
    void shouldBeTheSameAfterASnapshotAndInTheOrderOfBeingForgottenToo()
    {
        final Random random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            table.seen(random.nextInt(8), random.nextInt(500), i + 1);
        }
        final FenceSnapshot snapshot = new FenceSnapshot();
        snapshot.write(table);
        assertTrue(snapshot.isLoadable(snapshot.buffer(), 0, snapshot.length()));
        final FenceTable copy = new FenceTable(budget, new LockRules());
        new FenceSnapshot().load(copy, snapshot.buffer(), 0);
        assertEquals(table.digest(), copy.digest());
        for (int i = 0; i < 2000; i++)
        {
            table.seen(i % 8, i, 10_000 + i);
            copy.seen(i % 8, i, 10_000 + i);
        }
        assertEquals(table.digest(), copy.digest());
        copy.seen(0, 0, 20_000);
        assertNotEquals(table.digest(), copy.digest());
    }

    @Test
    void shouldRefuseRowsThatAreNone()
    {
        table.seen(1, 1, 5);
        table.raiseFloor(2, 7);
        final FenceSnapshot snapshot = new FenceSnapshot();
        snapshot.write(table);
        for (int cut = 0; cut < snapshot.length(); cut++)
        {
            assertFalse(snapshot.isLoadable(snapshot.buffer(), 0, cut));
        }
        assertTrue(snapshot.isLoadable(snapshot.buffer(), 0, snapshot.length()));
    }

    @Test
    void shouldCountItsMemoryAndGiveItBack()
    {
        final long before = budget.reserved();
        for (int i = 0; i < 3000; i++)
        {
            table.seen(i % 16, i, i + 1);
        }
        assertTrue(budget.reserved() > before);
        table.close();
        assertEquals(before, budget.reserved());
        assertEquals(0, table.size());
        assertEquals(0, table.floor(1));
    }
}
