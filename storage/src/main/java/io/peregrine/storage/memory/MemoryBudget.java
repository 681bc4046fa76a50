package io.peregrine.storage.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that one node may hold in all its stores. Any thread.
 * <p>
 * Two kinds of memory count. Regions of pages are asked for and may be refused. Side tables on the Java heap, a
 * fraction of a percent, are charged as they grow and cannot be refused; so that both together stay inside the limit,
 * regions may take {@link #regionLimit()} only, and the rest is kept for side tables.
 */
public final class MemoryBudget
{
    private static final int SIDE_TABLE_SHIFT = 6;

    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    /**
     * A budget of so many bytes.
     *
     * @param limit in bytes, positive.
     */
    public MemoryBudget(final long limit)
    {
        if (limit <= 0)
        {
            throw new IllegalArgumentException("memory limit must be positive: " + limit);
        }
        this.limit = limit;
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
        return Math.max(0, regionLimit() - reserved.get());
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
        do
        {
            current = reserved.get();
            if (current + bytes > regionLimit())
            {
                return false;
            }
        }
        while (!reserved.compareAndSet(current, current + bytes));
        return true;
    }

    /**
     * Count bytes of a side table, or give them back with a negative number.
     *
     * @param bytes how many.
     */
    public void charge(final long bytes)
    {
        reserved.addAndGet(bytes);
    }

    /**
     * Give bytes back that were reserved or charged.
     *
     * @param bytes how many.
     */
    public void release(final long bytes)
    {
        reserved.addAndGet(-bytes);
    }
}
