package io.peregrine.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PagePoolTest
{
    private static final long FOUR_REGIONS = 5 * PagePool.REGION_BYTES - 1;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final MemoryBudget budget = new MemoryBudget(FOUR_REGIONS);
    private final PagePool pool = new PagePool(budget);

    @Test
    void shouldHandOutEachPageOnceUntilTheLimitIsReached()
    {
        final Set<Long> addresses = new HashSet<>();
        for (int i = 0; i < 4 * PagePool.REGION_PAGES; i++)
        {
            final long address = pool.address(pool.allocate());
            UnsafeApi.setMemory(address, PagePool.PAGE_SIZE, (byte) i);
            assertTrue(addresses.add(address));
            assertEquals(0, address % 64);
        }
        assertThrows(IllegalStateException.class, pool::allocate);
        assertEquals(4 * PagePool.REGION_PAGES, pool.usedPages());
        assertEquals(4, pool.regions());
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }

    @Test
    void shouldReuseAFreedPageAtOnce()
    {
        final int page = pool.allocate();
        pool.free(page);
        assertEquals(page, pool.allocate());
        pool.closeNow();
    }

    @Test
    void shouldRefuseAReservationThatMemoryCannotMeetAndChangeNothing()
    {
        assertTrue(pool.reserve(4 * PagePool.REGION_PAGES));
        assertFalse(pool.reserve(1));
        pool.unreserve(1);
        assertTrue(pool.reserve(1));
        pool.unreserve(4 * PagePool.REGION_PAGES);
        final long before = budget.reserved();
        assertFalse(pool.reserve(Integer.MAX_VALUE));
        assertFalse(pool.reserve(4 * PagePool.REGION_PAGES + 1));
        assertEquals(before, budget.reserved());
        pool.closeNow();
    }

    @Test
    void shouldKeepAReservationWhenAnotherPoolTakesTheRestOfTheBudget()
    {
        assertTrue(pool.reserve(PagePool.REGION_PAGES + 1));
        final PagePool other = new PagePool(budget);
        while (other.reserve(1))
        {
            assertTrue(budget.reserved() <= budget.limit());
        }
        for (int i = 0; i < PagePool.REGION_PAGES + 1; i++)
        {
            pool.allocate();
        }
        other.closeNow();
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }

    @Test
    void shouldGiveEmptyRegionsBackWhenTrimmed()
    {
        final int[] pages = new int[3 * PagePool.REGION_PAGES];
        for (int i = 0; i < pages.length; i++)
        {
            pages[i] = pool.allocate();
        }
        final long full = budget.reserved();
        for (int i = PagePool.REGION_PAGES; i < pages.length; i++)
        {
            pool.free(pages[i]);
        }
        assertEquals(2, pool.trim(10));
        assertEquals(full - 2 * PagePool.REGION_BYTES, budget.reserved());
        assertEquals(0, pool.trim(10));
        for (int i = 0; i < PagePool.REGION_PAGES; i++)
        {
            assertTrue(pool.address(pool.allocate()) != 0);
        }
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }

    @Test
    void shouldMapAndTouchTheNextRegionBeforeItIsNeededAndChangeNothingInUse()
    {
        final int steps = 2 * (int) (PagePool.REGION_BYTES / 4096 + 1);
        final PagePool large = new PagePool(new MemoryBudget(64 * PagePool.REGION_BYTES));
        final int[] pages = new int[PagePool.REGION_PAGES];
        for (int i = 0; i < pages.length; i++)
        {
            pages[i] = large.allocate();
            UnsafeApi.setMemory(large.address(pages[i]), PagePool.PAGE_SIZE, (byte) (i + 1));
        }
        final long before = large.budget().reserved();
        int work = 0;
        while (work < 2 * steps && large.prepare() > 0)
        {
            work++;
        }
        assertTrue(work > steps / 2 && work < 2 * steps, "steps: " + work);
        assertEquals(2, large.regions());
        assertEquals(before + PagePool.REGION_BYTES, large.budget().reserved());
        for (int i = 0; i < pages.length; i++)
        {
            for (int at = 0; at < PagePool.PAGE_SIZE; at++)
            {
                assertEquals((byte) (i + 1), UnsafeApi.getByte(large.address(pages[i]) + at));
            }
        }
        large.closeNow();
        assertEquals(0, large.prepare());
        assertEquals(0, large.budget().reserved());
    }

    @Test
    void shouldTakeNothingInAdvanceWhenThePoolIsSmallOrMemoryIsShort()
    {
        final PagePool small = new PagePool(new MemoryBudget(64 * PagePool.REGION_BYTES));
        for (int i = 1; i < PagePool.REGION_PAGES; i++)
        {
            small.allocate();
        }
        prepareAll(small);
        assertEquals(1, small.regions());
        small.closeNow();

        final PagePool tight = new PagePool(new MemoryBudget(6 * PagePool.REGION_BYTES));
        for (int i = 0; i < 2 * PagePool.REGION_PAGES; i++)
        {
            tight.allocate();
        }
        prepareAll(tight);
        assertEquals(2, tight.regions());
        tight.closeNow();
    }

    @Test
    void shouldStopTouchingARegionThatWasGivenBack()
    {
        final PagePool large = new PagePool(new MemoryBudget(64 * PagePool.REGION_BYTES));
        large.free(large.allocate());
        assertEquals(1, large.trim(1));
        assertEquals(0, large.prepare());
        large.closeNow();
    }

    private static void prepareAll(final PagePool pool)
    {
        int work = 0;
        while (pool.prepare() > 0)
        {
            assertTrue(work++ < 10_000, "it ends");
        }
    }

    @Test
    void shouldKeepRegionsWhenTooMuchWaitsForReaders()
    {
        final int regions = (int) (Generation.WAITING_LIMIT / PagePool.REGION_BYTES) + 10;
        final PagePool large = new PagePool(new MemoryBudget(2 * regions * PagePool.REGION_BYTES));
        final Generation reader = large.generation();
        final int[] pages = new int[regions * PagePool.REGION_PAGES];
        Arrays.setAll(pages, i -> large.allocate());
        Arrays.stream(pages).forEach(large::free);
        assertTrue(large.trim(regions) > 0);
        assertTrue(large.regions() > 1, "more than the limit waits");
        assertEquals(0, large.trim(regions));
        Reference.reachabilityFence(reader);
        large.closeNow();
    }

    @Test
    @Timeout(120)
    void shouldUnmapOnlyAfterTheLastReaderHasLeft()
    {
        pool.allocate();
        final Generation reader = pool.generation();
        assertNotNull(reader);
        final WeakReference<Generation> left = closeAndCollect(reader);
        assertNull(pool.generation());
        assertEquals(0, budget.reserved());
        assertTrue(Generation.waitingBytes() >= PagePool.REGION_BYTES, "still mapped while a reader is inside");
        Reference.reachabilityFence(reader);
        assertNotNull(left);
    }

    @Test
    @Timeout(120)
    void shouldUnmapWhatWasRetiredWhenNoReaderIsInside()
    {
        final PagePool closed = new PagePool(budget);
        closed.allocate();
        final WeakReference<Generation> left = closeAndCollect(closed);
        collectUntil(() -> left.get() == null);
        collectUntil(() -> Generation.waitingBytes() < PagePool.REGION_BYTES);
        assertEquals(0, Generation.waitingBytes());
        pool.closeNow();
    }

    private static void collectUntil(final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "what nobody refers to stays");
            System.gc();
            Thread.onSpinWait();
        }
    }

    private WeakReference<Generation> closeAndCollect(final Generation reader)
    {
        pool.close();
        pool.close();
        System.gc();
        return new WeakReference<>(reader);
    }

    private static WeakReference<Generation> closeAndCollect(final PagePool closed)
    {
        final WeakReference<Generation> reader = new WeakReference<>(closed.generation());
        closed.close();
        return reader;
    }
}
