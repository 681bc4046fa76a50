package io.peregrine.storage.memory;

/**
 * The pages of one data agent: equal pieces of {@link #PAGE_SIZE} bytes, cut from regions of 1 MiB.
 */
public final class PagePool implements AutoCloseable
{
    /**
     * Bytes of a page.
     */
    public static final int PAGE_SIZE = 16 * 1024;

    /**
     * A pool that takes its regions from a budget.
     *
     * @param budget of the node.
     */
    public PagePool(final MemoryBudget budget)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Make sure of pages for entries that are on their way, before they enter a log. Fast when the pool has free
     * pages;
     * else it maps a region, if the budget allows.
     *
     * @param pages how many, as told by {@code MapSpace.pagesFor} or {@code worstPages}.
     * @return false if the memory is not there: refuse, compact or evict. Nothing has changed then.
     */
    public boolean reserve(final int pages)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Give a reservation back, after its entry was applied or abandoned.
     *
     * @param pages the number given to {@link #reserve(int)}.
     */
    public void unreserve(final int pages)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Pages that are neither in use nor reserved, without a new region.
     *
     * @return count.
     */
    public int freePages()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Pages handed out to arenas.
     *
     * @return count.
     */
    public int usedPages()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Give regions without a page in use back to the system, as soon as no reader can be inside.
     *
     * @param limit the most regions to look at.
     * @return regions given back.
     */
    public int trim(final int limit)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Give all memory back as soon as no reader can be inside; readers that come later find nothing. Pages are useless
     * from then on: close the arenas first.
     */
    @Override
    public void close()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Give all memory back at once: for owners who know that no other thread reads.
     */
    public void closeNow()
    {
        throw new UnsupportedOperationException();
    }
}
