package io.peregrine.storage.memory;

import java.util.Arrays;

/**
 * The side table of an arena: for each page its place in the pool, its state, and its neighbours in a list. There are
 * two lists for each kind and size: pages with a free slot, and full ones. Writer thread.
 */
public final class PageLists
{
    private static final int STRIDE = 6;
    private static final int POOL_PAGE = 0;
    private static final int NEXT = 1;
    private static final int PREVIOUS = 2;
    private static final int STATE = 3;
    private static final int LIST = 4;
    private static final int OWNER = 5;
    private static final int FULL = 1;
    private static final int HEADS_STEP = 16;
    private static final int ARRAY_HEADER = 16;

    private final MemoryBudget budget;
    private final int[][] heads = new int[Arena.KINDS][0];
    private int[] side = new int[STRIDE * 2];

    PageLists(final MemoryBudget budget)
    {
        this.budget = budget;
        budget.charge(ARRAY_HEADER + (long) side.length * Integer.BYTES);
    }

    /**
     * The first page with a free slot.
     *
     * @param kind      of objects.
     * @param sizeClass of objects, as of {@link SizeClasses#indexOf}.
     * @return number of the page, or 0.
     */
    public int partial(final int kind, final int sizeClass)
    {
        final int[] head = heads[kind];
        final int list = sizeClass << 1;
        return list < head.length ? head[list] : 0;
    }

    /**
     * The first page without a free slot.
     *
     * @param kind      of objects.
     * @param sizeClass of objects.
     * @return number of the page, or 0.
     */
    public int full(final int kind, final int sizeClass)
    {
        final int[] head = heads[kind];
        final int list = (sizeClass << 1) | FULL;
        return list < head.length ? head[list] : 0;
    }

    /**
     * The next page of the list.
     *
     * @param page in a list.
     * @return number of the page, or 0.
     */
    public int next(final int page)
    {
        return side[page * STRIDE + NEXT];
    }

    int partialBeside(final int page)
    {
        final int list = side[page * STRIDE + LIST];
        final int first = partial(list >>> 16, (list & 0xFFFF) >>> 1);
        return first == page ? next(page) : first;
    }

    void next(final int page, final int value)
    {
        side[page * STRIDE + NEXT] = value;
    }

    int poolPage(final int page)
    {
        return side[page * STRIDE + POOL_PAGE];
    }

    int state(final int page)
    {
        return side[page * STRIDE + STATE];
    }

    void state(final int page, final int value)
    {
        side[page * STRIDE + STATE] = value;
    }

    /**
     * Which object a page with one chunk belongs to.
     *
     * @param page in use.
     * @return reference of the owner.
     */
    public int owner(final int page)
    {
        return side[page * STRIDE + OWNER];
    }

    /**
     * Note which object a page with one chunk belongs to.
     *
     * @param page  in use.
     * @param value reference of the owner.
     */
    public void owner(final int page, final int value)
    {
        side[page * STRIDE + OWNER] = value;
    }

    int kind(final int page)
    {
        return side[page * STRIDE + LIST] >>> 16;
    }

    void ensure(final int page)
    {
        if ((page + 1) * STRIDE > side.length)
        {
            final int length = side.length + (side.length >> 1) / STRIDE * STRIDE + STRIDE;
            budget.charge((long) (length - side.length) * Integer.BYTES);
            side = Arrays.copyOf(side, length);
        }
    }

    void add(final int page, final int poolPage, final int kind, final int sizeClass, final int state)
    {
        final int at = page * STRIDE;
        side[at + POOL_PAGE] = poolPage;
        side[at + STATE] = state;
        final int list = sizeClass << 1;
        if (list >= heads[kind].length)
        {
            final int length = (list / HEADS_STEP + 1) * HEADS_STEP;
            budget.charge((long) (length - heads[kind].length) * Integer.BYTES);
            heads[kind] = Arrays.copyOf(heads[kind], length);
        }
        link(page, kind, list);
    }

    void moveToFull(final int page)
    {
        move(page, FULL);
    }

    void moveToPartial(final int page)
    {
        move(page, 0);
    }

    void remove(final int page)
    {
        final int at = page * STRIDE;
        final int next = side[at + NEXT];
        final int previous = side[at + PREVIOUS];
        if (next != 0)
        {
            side[next * STRIDE + PREVIOUS] = previous;
        }
        if (previous != 0)
        {
            side[previous * STRIDE + NEXT] = next;
        }
        else
        {
            final int list = side[at + LIST];
            heads[list >>> 16][list & 0xFFFF] = next;
        }
    }

    void close()
    {
        long bytes = ARRAY_HEADER + (long) side.length * Integer.BYTES;
        side = new int[0];
        for (int kind = 0; kind < heads.length; kind++)
        {
            bytes += (long) heads[kind].length * Integer.BYTES;
            heads[kind] = side;
        }
        budget.release(bytes);
    }

    private void move(final int page, final int full)
    {
        final int list = side[page * STRIDE + LIST];
        remove(page);
        link(page, list >>> 16, ((list & 0xFFFF) & ~FULL) | full);
    }

    private void link(final int page, final int kind, final int list)
    {
        final int at = page * STRIDE;
        final int first = heads[kind][list];
        side[at + LIST] = (kind << 16) | list;
        side[at + NEXT] = first;
        side[at + PREVIOUS] = 0;
        heads[kind][list] = page;
        if (first != 0)
        {
            side[first * STRIDE + PREVIOUS] = page;
        }
    }
}
