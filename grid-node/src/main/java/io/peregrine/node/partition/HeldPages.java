package io.peregrine.node.partition;

import io.peregrine.storage.memory.PagePool;

import java.util.Arrays;

/**
 * The pages that are reserved for the entries of a log that are not applied yet, one number for each, in the order of
 * the log. An entry is in the log only when its pages are reserved, so applying it cannot fail. Data agent's thread.
 */
final class HeldPages
{
    private static final int INITIAL = 8;

    private final PagePool pool;
    private int[] ring = new int[INITIAL];
    private int head;
    private int size;
    private int pages;

    HeldPages(final PagePool pool)
    {
        this.pool = pool;
    }

    /**
     * An entry is in the log.
     *
     * @param count of pages reserved for it.
     */
    void add(final int count)
    {
        if (size == ring.length)
        {
            grow();
        }

        ring[(head + size) & (ring.length - 1)] = count;
        pages += count;
        size++;
    }

    /**
     * The first of the entries is applied.
     */
    void releaseFirst()
    {
        giveBack(head);
        head = (head + 1) & (ring.length - 1);
        size--;
    }

    /**
     * Only so many entries are left, the last are gone.
     */
    void truncate(final int left)
    {
        while (size > left)
        {
            size--;
            giveBack((head + size) & (ring.length - 1));
        }
    }

    int size()
    {
        return size;
    }

    /**
     * @return what is reserved for all of the entries.
     */
    int pages()
    {
        return pages;
    }

    private void giveBack(final int index)
    {
        pool.unreserve(ring[index]);
        pages -= ring[index];
    }

    private void grow()
    {
        final int[] next = Arrays.copyOf(ring, 2 * size);
        for (int i = 0; i < size; i++)
        {
            next[i] = ring[(head + i) & (ring.length - 1)];
        }

        ring = next;
        head = 0;
    }
}
