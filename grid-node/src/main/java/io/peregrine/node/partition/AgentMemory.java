package io.peregrine.node.partition;

import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.memory.Generation;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.partition.EntryPages;
import io.peregrine.storage.partition.PartitionStore;
import io.peregrine.storage.partition.StoreRules;
import io.peregrine.storage.partition.Workspace;

/**
 * The memory that the partitions of one data agent share: pages under a budget, the log of entries, the place of
 * results. Owned by the data agent's thread.
 */
public final class AgentMemory
{
    /**
     * Free pages that are kept for what comes next: so many, and a share of those in use.
     */
    private static final int KEPT_PAGES = 16 * PagePool.REGION_PAGES;
    private static final int KEPT_SHARE = 8;
    private static final int TRIM_AT_ONCE = 16;
    private static final int SHORT_SHARE = 4;
    /**
     * The part of the memory that is left to entries of partitions that are led elsewhere.
     */
    private static final int LEFT_SHARE = 32;
    private static final int MOST_LEFT_SHARE = 8;
    private static final long LEAST_LEFT = PagePool.REGION_PAGES / 2;
    private static final int COPY_FACTOR = 2;

    private final MemoryBudget budget;
    private final PagePool pool;
    private final EntryLog entries;
    private final int logCapacity;
    private final Workspace workspace;
    private final EntryPages entryPages = new EntryPages();
    private final KeyHasher hasher;
    private long left;

    /**
     * @param budget         of pages and side tables, this agent's share of it.
     * @param maxEntryLength bytes of the longest entry.
     * @param hasher         of keys.
     */
    public AgentMemory(final MemoryBudget budget, final int maxEntryLength, final KeyHasher hasher)
    {
        this(budget, maxEntryLength, hasher, new StoreRules());
    }

    /**
     * @param budget         of pages and side tables, this agent's share of it.
     * @param maxEntryLength bytes of the longest entry.
     * @param hasher         of keys.
     * @param rules          that its partitions apply entries by.
     */
    public AgentMemory(
        final MemoryBudget budget, final int maxEntryLength, final KeyHasher hasher, final StoreRules rules)
    {
        Generation.collectIfMuchIsWaiting();
        this.budget = budget;
        this.pool = new PagePool(budget);
        this.logCapacity = 2 * EntryLog.minCapacity(maxEntryLength);
        this.entries = new EntryLog(logCapacity, maxEntryLength);
        this.workspace = new Workspace(pool, hasher, rules);
        this.hasher = hasher;
    }

    /**
     * @return the budget, readable on any thread.
     */
    public MemoryBudget budget()
    {
        return budget;
    }

    /**
     * @return bytes that the log holds.
     */
    public int logBytes()
    {
        return entries.used();
    }

    /**
     * Entries of partitions that are led here leave half of the log to those of partitions that are led elsewhere:
     * otherwise two nodes, each full of entries that wait for the other, would wait for ever.
     *
     * @return whether an entry of a partition that is led here may enter the log.
     */
    boolean hasLogForOwn()
    {
        return entries.live() <= logCapacity / 2;
    }

    /**
     * Get memory ready that puts will need soon, a little in each call: between requests. The data agent's thread.
     *
     * @return work done.
     */
    public int prepare()
    {
        return pool.prepare();
    }

    /**
     * Give memory that is not likely to be needed soon back to the system, or to other agents that are short of it; a
     * bounded amount a call. The data agent's thread.
     */
    public void trim()
    {
        final int kept = budget.isCommonShort() ? PagePool.REGION_PAGES : KEPT_PAGES + pool.usedPages() / KEPT_SHARE;
        if (pool.freePages() > kept)
        {
            pool.trim(TRIM_AT_ONCE);
        }
    }

    /**
     * @return whether the log has little room left.
     */
    boolean isLogShort()
    {
        return entries.live() > logCapacity / SHORT_SHARE * (SHORT_SHARE - 1);
    }

    /**
     * Other nodes lead partitions that have copies here. Their entries are on their way when it turns out that memory
     * is short, and have to be kept: so a part of it is left to them by what is led here. Each partition takes memory
     * by the page, so that is a page for each of them, where that is not more than a large part of all.
     *
     * @param partitions that may have copies here.
     */
    void leaveRoomForOthers(final int partitions)
    {
        final long all = budget.limit() / PagePool.PAGE_SIZE;
        left = Math.max(LEAST_LEFT, Math.max(all / LEFT_SHARE, Math.min(partitions, all / MOST_LEFT_SHARE)));
    }

    /**
     * @return pages that are free, less those left to entries that are on their way from others.
     */
    long room()
    {
        return pool.freePages() + budget.available() / PagePool.REGION_BYTES * PagePool.REGION_PAGES - left;
    }

    /**
     * @return whether other nodes have copies of what is here, or lead what has copies here.
     */
    boolean leavesRoom()
    {
        return left != 0;
    }

    /**
     * @return whether there is so little room that others are about to be told that there is none.
     */
    boolean isShort()
    {
        return room() < left;
    }

    /**
     * A copy that comes here must not take all that is left to entries on their way: those would be put off, and
     * whoever led them would have to put this node out of their sets. It may take the half: entries that were on their
     * way when room ran out took some of it, and a copy that grew so has to fit again. Otherwise nothing could be
     * removed from it any more where every copy is needed for that.
     *
     * @param bytes of records that come.
     * @return whether there is room for them, and for what keeping them takes besides.
     */
    boolean hasRoomForCopy(final int bytes)
    {
        return left == 0 || room() + left / 2 >= COPY_FACTOR * (1 + bytes / PagePool.PAGE_SIZE);
    }

    /**
     * @return whether there was room to reserve pages for an entry of a partition that is led here.
     */
    boolean reserve(final int pages)
    {
        return (left == 0 || room() >= pages) && pool.reserve(pages);
    }

    /**
     * Entries that come while a copy is being loaded wait for the chunks that they are joined with. Together they leave
     * what the next chunk needs, which lets them go, and what keeps others from being told that there is no room. One
     * may always be on its way, so that it goes on where room is short already.
     *
     * @param waiting pages that are reserved for entries of that copy.
     * @return whether there was room to reserve pages for one more.
     */
    boolean reserveWaiting(final int pages, final int waiting)
    {
        return (left == 0 || pages == 0 || waiting == 0 || room() - pages >= left) && pool.reserve(pages);
    }

    EntryPages entryPages()
    {
        return entryPages;
    }

    PagePool pool()
    {
        return pool;
    }

    EntryLog entries()
    {
        return entries;
    }

    KeyHasher hasher()
    {
        return hasher;
    }

    PartitionStore newStore(final int partition)
    {
        return new PartitionStore(partition, new MapSpace(pool, hasher), workspace);
    }

    /**
     * Give everything back, the pages as soon as no reader can be inside.
     */
    void close()
    {
        pool.close();
        entries.close();
    }
}
