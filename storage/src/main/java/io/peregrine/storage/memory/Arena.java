package io.peregrine.storage.memory;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The memory of one partition: a slab allocator over the pages of its data agent. Writer thread.
 * <p>
 * A page holds objects of one kind and one size (see {@link SizeClasses}; rounding up loses less than 8 bytes up to 1
 * KiB, at most an eighth up to 2 KiB and a fifth up to 4 KiB), and goes back to the pool when its last object is
 * freed. Everything a partition stores is such an object: records, index segments, chunks of large values; so the
 * memory in use is the number of its pages, exactly, and the side tables on the heap are charged to the budget as they
 * grow.
 * <p>
 * An object is named by a 32-bit reference: number of the page in the partition, 9 bits of slot. References are
 * positive, 0 is none. The page table turns the number into an address and the size of the page's objects in one load;
 * readers use it too. A reader may come with any reference at all, see {@link PageTable}.
 * <p>
 * A free slot begins with a negative number (and the next free slot), a used one must begin with a long that is not
 * negative. That is how a walk over a page tells them apart.
 */
public final class Arena
{
    /**
     * Kind: a record.
     */
    public static final int RECORD = 0;
    /**
     * Kind: a segment of an index.
     */
    public static final int SEGMENT = 1;
    /**
     * Kind: a piece of a large value.
     */
    public static final int CHUNK = 2;

    static final int KINDS = 3;

    private static final int SLOT_BITS = PageTable.SLOT_BITS;
    private static final int SLOT_MASK = PageTable.SLOT_MASK;
    private static final int MAX_PAGES = 1 << (Integer.SIZE - 1 - SLOT_BITS);
    private static final long FREE = Long.MIN_VALUE;
    private static final int NONE = 0x3FF;
    private static final int FIELD_BITS = 10;
    private static final int FIELD_MASK = NONE;

    private final PagePool pool;
    private final PageLists lists;
    private final SequenceLock lock;
    private long[] table = new long[2];
    private int freeIndex;
    private int indexEnd = 1;
    private int pageCount;

    /**
     * An arena without a page.
     *
     * @param pool of the data agent that owns the partition.
     * @param lock of the partition, which shows readers the page table.
     */
    public Arena(final PagePool pool, final SequenceLock lock)
    {
        this.pool = pool;
        this.lock = lock;
        this.lists = new PageLists(pool.budget());
        pool.budget().charge(tableBytes(table.length));
        lock.pageTable(table);
    }

    /**
     * @return the pool that the pages come from.
     */
    public PagePool pool()
    {
        return pool;
    }

    /**
     * @return count of pages in use.
     */
    public int pageCount()
    {
        return pageCount;
    }

    /**
     * @return one more than the highest page number ever in use.
     */
    public int pageEnd()
    {
        return indexEnd;
    }

    /**
     * @param pages more than now.
     * @return can the page table name them? 64 GiB is the most.
     */
    public boolean hasRoomFor(final int pages)
    {
        return pages < MAX_PAGES - pageCount;
    }

    /**
     * Can an object be had without another page?
     *
     * @param kind of object.
     * @param size in bytes.
     * @return true if so.
     */
    public boolean hasFree(final int kind, final int size)
    {
        return lists.partial(kind, SizeClasses.indexOf(size)) != 0;
    }

    /**
     * Take an object.
     *
     * @param kind of object.
     * @param size in bytes, at most a page.
     * @return its reference. The first 8 bytes must be given a number that is not negative.
     */
    public int allocate(final int kind, final int size)
    {
        final int sizeClass = SizeClasses.indexOf(size);
        int page = lists.partial(kind, sizeClass);
        if (page == 0)
        {
            page = newPage(kind, sizeClass);
        }
        return takeSlot(page);
    }

    /**
     * Take an object if that needs no page which is promised to others.
     *
     * @param kind of object.
     * @param size in bytes.
     * @return its reference, or 0.
     */
    public int tryAllocate(final int kind, final int size)
    {
        return hasFree(kind, size) || pool.freePages() > 0 ? allocate(kind, size) : 0;
    }

    /**
     * Take an object of the same kind and size as the objects of a page, in another page that has a free one.
     *
     * @param page to stay away from.
     * @return its reference, or 0 if there is none.
     */
    public int allocateBeside(final int page)
    {
        final int other = lists.partialBeside(page);
        return other == 0 ? 0 : takeSlot(other);
    }

    private int takeSlot(final int page)
    {
        final long entry = table[page];
        final int size = PageTable.sizeOf(entry);
        final int state = lists.state(page);
        int freeHead = state & FIELD_MASK;
        int bump = (state >>> FIELD_BITS) & FIELD_MASK;
        final int used = (state >>> (2 * FIELD_BITS)) + 1;
        final int slot;
        if (freeHead != NONE)
        {
            slot = freeHead;
            freeHead = (int) UnsafeApi.getLong(PageTable.addressOf(entry) + (long) slot * size) & FIELD_MASK;
        }
        else
        {
            slot = bump++;
        }
        lists.state(page, (used << (2 * FIELD_BITS)) | (bump << FIELD_BITS) | freeHead);
        if (used == PagePool.PAGE_SIZE / size)
        {
            lists.moveToFull(page);
        }
        return (page << SLOT_BITS) | slot;
    }

    /**
     * Free an object. What led readers to it must have been changed under the lock before.
     *
     * @param ref of the object.
     */
    public void free(final int ref)
    {
        final int page = ref >>> SLOT_BITS;
        final int slot = ref & SLOT_MASK;
        final long entry = table[page];
        final int state = lists.state(page);
        final int used = (state >>> (2 * FIELD_BITS)) - 1;
        if (used == 0)
        {
            releasePage(page);
            return;
        }
        final int size = PageTable.sizeOf(entry);
        final long address = PageTable.addressOf(entry) + (long) slot * size;
        UnsafeApi.putLong(address, FREE | (state & FIELD_MASK));
        final int bump = (state >>> FIELD_BITS) & FIELD_MASK;
        lists.state(page, (used << (2 * FIELD_BITS)) | (bump << FIELD_BITS) | slot);
        if (used + 1 == PagePool.PAGE_SIZE / size)
        {
            lists.moveToPartial(page);
        }
    }

    /**
     * The address of an object.
     *
     * @param ref of the object.
     * @return where it begins.
     */
    public long address(final int ref)
    {
        final long entry = table[ref >>> SLOT_BITS];
        return PageTable.addressOf(entry) + (long) (ref & SLOT_MASK) * PageTable.sizeOf(entry);
    }

    /**
     * The place of an object, as {@link PageTable#locate} would tell it.
     *
     * @param ref of the object, or 0.
     * @return place, 0 for 0.
     */
    public long place(final int ref)
    {
        return PageTable.locate(table, ref);
    }

    /**
     * The bytes of an object.
     *
     * @param ref of the object.
     * @return size of its class.
     */
    public int objectSize(final int ref)
    {
        return PageTable.sizeOf(table[ref >>> SLOT_BITS]);
    }

    /**
     * The kind of the objects in a page.
     *
     * @param page number below {@link #pageEnd()}.
     * @return kind, or -1 if the page is not in use.
     */
    public int kindOf(final int page)
    {
        return table[page] == 0 ? -1 : lists.kind(page);
    }

    /**
     * @param page in use.
     * @return objects in use in a page.
     */
    public int usedIn(final int page)
    {
        return lists.state(page) >>> (2 * FIELD_BITS);
    }

    /**
     * @param page in use.
     * @return places for objects in a page.
     */
    public int slotsIn(final int page)
    {
        return PagePool.PAGE_SIZE / PageTable.sizeOf(table[page]);
    }

    /**
     * @param page in use.
     * @return the size of the objects in a page.
     */
    public int sizeIn(final int page)
    {
        return PageTable.sizeOf(table[page]);
    }

    /**
     * The object in a slot.
     *
     * @param page in use.
     * @param slot below {@link #slotsIn}.
     * @return its reference, or 0 if the slot is free.
     */
    public int refAt(final int page, final int slot)
    {
        final int bump = (lists.state(page) >>> FIELD_BITS) & FIELD_MASK;
        final int ref = (page << SLOT_BITS) | slot;
        final boolean isWholePage = PageTable.sizeOf(table[page]) == PagePool.PAGE_SIZE && lists.kind(page) == CHUNK;
        return slot < bump && (isWholePage || UnsafeApi.getLong(address(ref)) >= 0) ? ref : 0;
    }

    /**
     * The page of an object.
     *
     * @param ref of the object.
     * @return number of its page.
     */
    public static int pageOf(final int ref)
    {
        return ref >>> SLOT_BITS;
    }

    /**
     * The lists of pages by kind and size.
     *
     * @return lists, to look at.
     */
    public PageLists lists()
    {
        return lists;
    }

    /**
     * Give all pages back. Readers must have been turned away under the lock before.
     */
    public void close()
    {
        final long[] closed = table;
        table = new long[1];
        lock.pageTable(table);
        for (int page = 1; page < indexEnd; page++)
        {
            if (closed[page] != 0)
            {
                pool.free(lists.poolPage(page));
            }
        }
        pool.budget().release(tableBytes(closed.length));
        lists.close();
        pageCount = 0;
        indexEnd = 1;
        freeIndex = 0;
    }

    private int newPage(final int kind, final int sizeClass)
    {
        final int poolPage = pool.allocate();
        final int page;
        if (freeIndex != 0)
        {
            page = freeIndex;
            freeIndex = lists.next(page);
        }
        else
        {
            page = nextIndex();
        }
        final int size = SizeClasses.size(sizeClass);
        lists.add(page, poolPage, kind, sizeClass, NONE);
        PageTable.set(table, page, PageTable.entry(size, pool.address(poolPage)));
        pageCount++;
        return page;
    }

    private int nextIndex()
    {
        if (indexEnd == MAX_PAGES)
        {
            throw new IllegalStateException("a partition holds at most " + MAX_PAGES + " pages");
        }
        final long[] current = table;
        if (indexEnd == current.length)
        {
            final int length = Math.min(MAX_PAGES, current.length + (current.length >> 1) + 2);
            pool.budget().charge(tableBytes(length) - tableBytes(current.length));
            table = Arrays.copyOf(current, length);
            lock.pageTable(table);
        }
        lists.ensure(indexEnd);
        return indexEnd++;
    }

    private void releasePage(final int page)
    {
        lists.remove(page);
        PageTable.set(table, page, 0L);
        pool.free(lists.poolPage(page));
        lists.next(page, freeIndex);
        freeIndex = page;
        pageCount--;
    }

    private static long tableBytes(final int length)
    {
        return 16 + (long) length * Long.BYTES;
    }
}
