package io.peregrine.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaTest
{
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final MemoryBudget budget = new MemoryBudget(256L << 20);
    private final PagePool pool = new PagePool(budget);
    private final long poolBytes = budget.reserved();
    private final SequenceLock lock = new SequenceLock();
    private final Arena arena = new Arena(pool, lock);
    private final Random random = new Random(SEED);

    @AfterEach
    void giveBack()
    {
        arena.close();
        assertEquals(0, pool.usedPages());
        assertEquals(pool.regions() * PagePool.REGION_BYTES + poolBytes, budget.reserved(), "side tables given back");
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }

    @Test
    void shouldKeepObjectsApartWhenSizesAreMixed()
    {
        final List<int[]> live = new ArrayList<>();
        for (int i = 0; i < 20_000; i++)
        {
            if (live.isEmpty() || random.nextInt(100) < 60)
            {
                final int size = 8 + random.nextInt(random.nextInt(10) == 0 ? PagePool.PAGE_SIZE - 8 : 300);
                final int ref = arena.allocate(random.nextInt(2), size);
                assertTrue(ref > 0);
                assertTrue(arena.objectSize(ref) >= size);
                UnsafeApi.putLong(arena.address(ref), ref);
                UnsafeApi.setMemory(arena.address(ref) + 8, size - 8, (byte) ref);
                live.add(new int[]{ref, size});
            }
            else
            {
                final int[] gone = live.remove(random.nextInt(live.size()));
                check(gone[0], gone[1]);
                arena.free(gone[0]);
            }
        }
        live.forEach((object) -> check(object[0], object[1]));
        assertEquals(pool.usedPages(), arena.pageCount(), "seed " + SEED);
        live.forEach((object) -> arena.free(object[0]));
        assertEquals(0, arena.pageCount());
    }

    private void check(final int ref, final int size)
    {
        assertEquals(ref, UnsafeApi.getLong(arena.address(ref)), "seed " + SEED);
        for (int i = 8; i < size; i++)
        {
            assertEquals((byte) ref, UnsafeApi.getByte(arena.address(ref) + i), "seed " + SEED);
        }
    }

    @Test
    void shouldUseAllOfAPageBeforeTheNext()
    {
        final int perPage = PagePool.PAGE_SIZE / 136;
        for (int i = 0; i < perPage; i++)
        {
            UnsafeApi.putLong(arena.address(arena.allocate(Arena.RECORD, 132)), 1L);
        }
        assertEquals(1, arena.pageCount());
        assertEquals(false, arena.hasFree(Arena.RECORD, 136));
        arena.allocate(Arena.RECORD, 136);
        assertEquals(2, arena.pageCount());
    }

    @Test
    void shouldTellLiveObjectsOfAPageApartFromFreeOnes()
    {
        final int[] refs = new int[10];
        for (int i = 0; i < refs.length; i++)
        {
            refs[i] = arena.allocate(Arena.RECORD, 200);
            UnsafeApi.putLong(arena.address(refs[i]), i);
        }
        arena.free(refs[3]);
        arena.free(refs[7]);
        final int page = Arena.pageOf(refs[0]);
        assertEquals(8, arena.usedIn(page));
        for (int slot = 0; slot < arena.slotsIn(page); slot++)
        {
            assertEquals(slot < 10 && slot != 3 && slot != 7 ? refs[slot] : 0, arena.refAt(page, slot));
        }
        assertEquals(refs[7], arena.allocate(Arena.RECORD, 200));
        assertEquals(refs[3], arena.allocate(Arena.RECORD, 200));
    }

    @Test
    void shouldClampAnyReference()
    {
        for (int i = 0; i < 1_000; i++)
        {
            UnsafeApi.putLong(arena.address(arena.allocate(Arena.RECORD, 8 + random.nextInt(4_000))), 1L);
        }
        final long[] table = lock.pageTable();
        for (int i = 0; i < 1_000_000; i++)
        {
            final int ref = i % 2 == 0 ? random.nextInt() : random.nextInt(arena.pageEnd() << 9);
            final long place = PageTable.locate(table, ref);
            if (place != 0)
            {
                final long page = PageTable.addressOf(table[ref >>> 9]);
                final long offset = PageTable.placeAddress(place) - page;
                assertNotEquals(0, PageTable.placeSize(place));
                assertTrue(offset >= 0 && offset + PageTable.placeSize(place) <= PagePool.PAGE_SIZE, "seed " + SEED);
            }
        }
    }

    @Test
    void shouldLoseAtMostAFifthToRoundingUpToFourKilobytes()
    {
        for (int size = 32; size <= 4096; size++)
        {
            final int rounded = SizeClasses.rounded(size);
            assertTrue(rounded >= size && rounded - size <= 8 + rounded / 5, () -> "rounded to " + rounded);
            assertTrue(SizeClasses.indexOf(rounded) == SizeClasses.indexOf(size));
        }
        assertEquals(PagePool.PAGE_SIZE, SizeClasses.rounded(PagePool.PAGE_SIZE));
        assertEquals(32, SizeClasses.rounded(0));
    }
}
