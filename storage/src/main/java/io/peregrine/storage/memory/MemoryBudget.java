package io.peregrine.storage.memory;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that one node may hold in all its stores, or the share of one of its data agents. Any thread.
 * <p>
 * Shares have one limit in common. Each is sure of half of an equal part, so that no agent can be left with nothing;
 * what is beyond goes to whoever asks first.
 * <p>
 * Two kinds of memory count. Regions of pages are asked for and may be refused. Side tables on the Java heap, a
 * fraction of a percent, are charged as they grow and cannot be refused; so that both together stay inside the limit,
 * regions may take {@link #regionLimit()} only, and the rest is kept for side tables.
 */
public final class MemoryBudget
{
    private static final int SIDE_TABLE_SHIFT = 6;
    private static final int SHORT_SHIFT = 4;

    private final long limit;
    private final long sure;
    private final long commonLimit;
    private final AtomicLong commonTaken;
    private final AtomicLong reserved = new AtomicLong();

    /**
     * A budget of so many bytes.
     *
     * @param limit in bytes, positive.
     */
    public MemoryBudget(final long limit)
    {
        this(limit, 1, new AtomicLong());
    }

    /**
     * A budget that shares the limit with others.
     *
     * @param limit       of all.
     * @param shares      how many there are.
     * @param commonTaken what all have taken beyond what each is sure of.
     */
    private MemoryBudget(final long limit, final int shares, final AtomicLong commonTaken)
    {
        if (limit <= 0)
        {
            throw new IllegalArgumentException("memory limit must be positive: " + limit);
        }
        this.limit = limit;
        this.commonTaken = commonTaken;
        sure = shares == 1 ? 0 : regionLimit() / (2L * shares);
        commonLimit = regionLimit() - shares * sure;
    }

    /**
     * Budgets that have one limit in common.
     *
     * @param limit in bytes, of all together.
     * @param count of budgets.
     * @return that many.
     */
    public static MemoryBudget[] shares(final long limit, final int count)
    {
        final AtomicLong commonTaken = new AtomicLong();
        final MemoryBudget[] shares = new MemoryBudget[count];
        Arrays.setAll(shares, (i) -> new MemoryBudget(limit, count, commonTaken));
        return shares;
    }

    /**
     * The limit.
     *
     * @return bytes.
     */
    public long limit()
    {
        return limit;
    }

    /**
     * What regions and side tables together may reach when another region is asked for.
     *
     * @return bytes, a 64th less than the limit.
     */
    public long regionLimit()
    {
        return limit - (limit >>> SIDE_TABLE_SHIFT);
    }

    /**
     * What is held now, regions and side tables.
     *
     * @return bytes.
     */
    public long reserved()
    {
        return reserved.get();
    }

    /**
     * What could still be reserved for regions.
     *
     * @return bytes, 0 when there are none.
     */
    public long available()
    {
        return Math.max(0, sure - reserved.get()) + Math.max(0, commonLimit - commonTaken.get());
    }

    /**
     * Would others like to have what is free here?
     *
     * @return true if little is left for all.
     */
    public boolean isCommonShort()
    {
        return sure != 0 && commonLimit - commonTaken.get() < commonLimit >>> SHORT_SHIFT;
    }

    /**
     * Ask for bytes.
     *
     * @param bytes how many.
     * @return false if they would pass the limit; then nothing has changed.
     */
    public boolean tryReserve(final long bytes)
    {
        long current;
        long common;
        do
        {
            current = reserved.get();
            common = beyondSure(current + bytes) - beyondSure(current);
            if (common > 0 && !takeCommon(common))
            {
                return false;
            }
            if (reserved.compareAndSet(current, current + bytes))
            {
                return true;
            }
            commonTaken.addAndGet(-common);
        }
        while (true);
    }

    /**
     * Count bytes of a side table, or give them back with a negative number.
     *
     * @param bytes how many.
     */
    public void charge(final long bytes)
    {
        final long before = reserved.getAndAdd(bytes);
        commonTaken.addAndGet(beyondSure(before + bytes) - beyondSure(before));
    }

    /**
     * Give bytes back that were reserved or charged.
     *
     * @param bytes how many.
     */
    public void release(final long bytes)
    {
        charge(-bytes);
    }

    private boolean takeCommon(final long bytes)
    {
        long taken;
        do
        {
            taken = commonTaken.get();
            if (taken + bytes > commonLimit)
            {
                return false;
            }
        }
        while (!commonTaken.compareAndSet(taken, taken + bytes));
        return true;
    }

    private long beyondSure(final long bytes)
    {
        return Math.max(0, bytes - sure);
    }
}
