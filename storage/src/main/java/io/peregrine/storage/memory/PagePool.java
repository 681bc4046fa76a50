package io.peregrine.storage.memory;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The pages of one data agent: equal pieces of {@link #PAGE_SIZE} bytes, cut from regions of 1 MiB. Owner's thread,
 * except {@link #generation()}.
 * <p>
 * A freed page is reused at once, by any arena of the pool: it stays mapped, and a reader that still looks at it finds
 * its sequence changed (see {@link SequenceLock}). Only unmapping has to wait for readers (see {@link Generation}).
 * <p>
 * A reservation is a number of pages promised to entries that are on their way to a log. {@link #reserve} maps what is
 * missing then and there, so that applying them later cannot fail for want of memory, whatever other pools of the node
 * take from the budget meanwhile.
 */
public final class PagePool implements AutoCloseable
{
    /**
     * Bytes of a page.
     */
    public static final int PAGE_SIZE = 16 * 1024;
    /**
     * Pages of a region.
     */
    public static final int REGION_PAGES = Long.SIZE;
    /**
     * Bytes that a region takes from the budget: its pages, and a cache line to align them.
     */
    public static final long REGION_BYTES = (long) PAGE_SIZE * REGION_PAGES + BitUtil.CACHE_LINE_LENGTH;

    private static final int REGION_SHIFT = 6;
    private static final int REGION_MASK = REGION_PAGES - 1;
    private static final int MAX_REGIONS = 1 << 24;
    private static final int INITIAL_REGIONS = 64;
    private static final int SIDE_BYTES_PER_REGION = 2 * Long.BYTES;

    /**
     * Free pages below which {@link #prepare()} maps a region.
     */
    private static final int LOW_WATER = REGION_PAGES / 4;
    /**
     * Regions that the budget must still have room for, so that none taken in advance is lacking elsewhere.
     */
    private static final int PLENTY = 8;
    /**
     * Bytes that the system maps at a time.
     */
    private static final int TOUCH_STEP = 4096;

    private final MemoryBudget budget;
    private long[] regions = new long[INITIAL_REGIONS];
    private long[] freeMasks = new long[INITIAL_REGIONS];
    private long[] summary = new long[INITIAL_REGIONS >>> REGION_SHIFT];
    private int regionsEnd;
    private int regionCount;
    private int firstWord;
    private int trimCursor;
    private int free;
    private int reserved;
    private long coldFrom;
    private long coldEnd;
    private volatile Generation generation = new Generation();

    /**
     * A pool that takes its regions from a budget.
     *
     * @param budget of the node.
     */
    public PagePool(final MemoryBudget budget)
    {
        this.budget = budget;
        budget.charge((long) INITIAL_REGIONS * SIDE_BYTES_PER_REGION);
    }

    /**
     * The budget of the node.
     *
     * @return budget that regions and side tables are counted in.
     */
    public MemoryBudget budget()
    {
        return budget;
    }

    /**
     * What a reader holds while it reads. Any thread.
     *
     * @return null once the pool is closed: then nothing may be read.
     */
    public Generation generation()
    {
        return generation;
    }

    /**
     * Make sure of pages for entries that are on their way, before they enter a log. Fast when the pool has free
     * pages; else it maps a region, if the budget allows.
     *
     * @param pages how many, as told by {@code MapSpace.pagesFor} or {@code worstPages}.
     * @return false if the memory is not there: refuse, compact or evict. Nothing has changed then.
     */
    public boolean reserve(final int pages)
    {
        final long missing = (long) pages + reserved - free;
        if (missing > 0 && missing * PAGE_SIZE > budget.available())
        {
            return false;
        }
        while (free - reserved < pages)
        {
            if (!mapRegion())
            {
                return false;
            }
        }
        reserved += pages;
        return true;
    }

    /**
     * Give a reservation back, after its entry was applied or abandoned.
     *
     * @param pages the number given to {@link #reserve(int)}.
     */
    public void unreserve(final int pages)
    {
        reserved -= pages;
        assert reserved >= 0 : "more pages given back than reserved";
    }

    /**
     * Pages that are neither in use nor reserved, without a new region.
     *
     * @return count.
     */
    public int freePages()
    {
        return Math.max(0, free - reserved);
    }

    /**
     * Pages handed out to arenas.
     *
     * @return count.
     */
    public int usedPages()
    {
        return regionCount * REGION_PAGES - free;
    }

    /**
     * Regions that the pool holds.
     *
     * @return count.
     */
    public int regions()
    {
        return regionCount;
    }

    int allocate()
    {
        if (free == 0 && !mapRegion())
        {
            throw new IllegalStateException("no page left: " + budget.reserved() + " of " + budget.limit() +
                " bytes are in use; pages must be reserved before an entry is applied");
        }
        int word = firstWord;
        while (summary[word] == 0)
        {
            word++;
        }
        firstWord = word;
        final int region = (word << REGION_SHIFT) + Long.numberOfTrailingZeros(summary[word]);
        final long mask = freeMasks[region];
        final int page = Long.numberOfTrailingZeros(mask);
        freeMasks[region] = mask & (mask - 1);
        if (freeMasks[region] == 0)
        {
            summary[word] &= ~(1L << region);
        }
        free--;
        return (region << REGION_SHIFT) + page;
    }

    void free(final int page)
    {
        final int region = page >>> REGION_SHIFT;
        final long bit = 1L << (page & REGION_MASK);
        assert (freeMasks[region] & bit) == 0 : "page freed twice";
        freeMasks[region] |= bit;
        markFree(region);
        free++;
    }

    long address(final int page)
    {
        return BitUtil.align(regions[page >>> REGION_SHIFT], BitUtil.CACHE_LINE_LENGTH) +
            (long) (page & REGION_MASK) * PAGE_SIZE;
    }

    /**
     * Take a part of the price of fresh memory before a put has to pay it: map a region when free pages run short, or
     * touch the next bytes of the last one mapped, which makes the system provide them. Bounded: some microseconds. A
     * pool with less than a region in use takes nothing in advance.
     *
     * @return work done; 0 when everything is ready.
     */
    public int prepare()
    {
        if (coldFrom < coldEnd)
        {
            UnsafeApi.putByte(coldFrom, UnsafeApi.getByte(coldFrom));
            coldFrom += TOUCH_STEP;
            return 1;
        }
        if (freePages() >= LOW_WATER || usedPages() < REGION_PAGES)
        {
            return 0;
        }
        final boolean isAllowed = budget.available() >= PLENTY * REGION_BYTES && !budget.isCommonShort();
        return isAllowed && mapRegion() ? 1 : 0;
    }

    /**
     * Give regions without a page in use back to the system, as soon as no reader can be inside. Does nothing while
     * {@link Generation#WAITING_LIMIT} bytes of this process wait for that moment: the pages are of more use here.
     *
     * @param limit the most regions to look at.
     * @return regions given back.
     */
    public int trim(final int limit)
    {
        int trimmed = 0;
        for (int i = Math.min(limit, regionsEnd); i > 0 && !Generation.isMuchWaiting(); i--)
        {
            trimCursor = trimCursor + 1 < regionsEnd ? trimCursor + 1 : 0;
            if (regions[trimCursor] != 0 && freeMasks[trimCursor] == -1L && freePages() >= REGION_PAGES)
            {
                unmap(trimCursor);
                trimmed++;
            }
        }
        return trimmed;
    }

    /**
     * Give all memory back as soon as no reader can be inside; readers that come later are told that nothing is there.
     * Pages are useless from then on.
     */
    @Override
    public void close()
    {
        final Generation last = generation;
        if (last != null)
        {
            generation = null;
            last.retire(forgetRegions(), REGION_BYTES, true);
        }
    }

    /**
     * Give all memory back at once: for owners who know that no other thread reads.
     */
    public void closeNow()
    {
        if (generation != null)
        {
            generation = null;
            for (final long address : forgetRegions())
            {
                UnsafeApi.freeMemory(address);
            }
        }
    }

    private long[] forgetRegions()
    {
        final long[] addresses = Arrays.stream(regions, 0, regionsEnd).filter((a) -> a != 0).toArray();
        budget.release(regionCount * REGION_BYTES + (long) regions.length * SIDE_BYTES_PER_REGION);
        regions = new long[0];
        freeMasks = new long[0];
        summary = new long[0];
        regionsEnd = 0;
        regionCount = 0;
        coldFrom = coldEnd;
        free = 0;
        reserved = 0;
        return addresses;
    }

    private void unmap(final int region)
    {
        final long[] addresses = {regions[region]};
        if (coldEnd == regions[region] + REGION_BYTES)
        {
            coldFrom = coldEnd;
        }
        regions[region] = 0;
        freeMasks[region] = 0;
        summary[region >>> REGION_SHIFT] &= ~(1L << region);
        regionCount--;
        free -= REGION_PAGES;
        generation = generation.retire(addresses, REGION_BYTES, false);
        budget.release(REGION_BYTES);
    }

    private boolean mapRegion()
    {
        if (generation == null || regionCount == MAX_REGIONS || !budget.tryReserve(REGION_BYTES))
        {
            return false;
        }
        final long address;
        try
        {
            address = UnsafeApi.allocateMemory(REGION_BYTES);
        }
        catch (final OutOfMemoryError ex)
        {
            budget.release(REGION_BYTES);
            return false;
        }
        final int region = emptyRegion();
        regions[region] = address;
        freeMasks[region] = -1L;
        coldFrom = address;
        coldEnd = address + REGION_BYTES;
        markFree(region);
        regionCount++;
        free += REGION_PAGES;
        return true;
    }

    private int emptyRegion()
    {
        if (regionCount < regionsEnd)
        {
            int region = 0;
            while (regions[region] != 0)
            {
                region++;
            }
            return region;
        }
        if (regionsEnd == regions.length)
        {
            budget.charge((long) regions.length * SIDE_BYTES_PER_REGION);
            regions = Arrays.copyOf(regions, regions.length * 2);
            freeMasks = Arrays.copyOf(freeMasks, freeMasks.length * 2);
            summary = Arrays.copyOf(summary, summary.length * 2);
        }
        return regionsEnd++;
    }

    private void markFree(final int region)
    {
        final int word = region >>> REGION_SHIFT;
        summary[word] |= 1L << region;
        firstWord = Math.min(firstWord, word);
    }
}
