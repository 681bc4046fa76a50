package io.peregrine.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.UnsafeApi;

/**
 * The table of an arena's pages as readers see it: an entry has the address of the page in its lower 48 bits, and the
 * size of the page's objects, in units of 8 bytes, in its upper 16; 0 is no page. Any thread.
 */
public final class PageTable
{
    static final int SLOT_BITS = 9;
    static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private static final VarHandle TABLE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long ADDRESS_MASK = 0xFFFF_FFFF_FFFFL;
    private static final int SIZE_SHIFT = 48;
    private static final int UNIT_SHIFT = 3;
    private static final long FIRST_ENTRY = UnsafeApi.arrayBaseOffset(long[].class);

    private PageTable()
    {
    }

    /**
     * Find an object on a reader's thread, from a reference that may be garbage.
     *
     * @param pageTable of {@link SequenceLock#pageTable()}.
     * @param ref       any number.
     * @return 0, or a place within a page, for {@link #placeAddress} and {@link #placeSize}.
     */
    public static long locate(final long[] pageTable, final int ref)
    {
        final int page = ref >>> SLOT_BITS;
        if (page >= pageTable.length)
        {
            return 0;
        }
        // By Unsafe, as the index was checked just now.
        final long entry = UnsafeApi.getLongOpaque(pageTable, FIRST_ENTRY + ((long) page << UNIT_SHIFT));
        final int size = sizeOf(entry);
        final int offset = (ref & SLOT_MASK) * size;
        return offset + size <= PagePool.PAGE_SIZE ? entry + offset : 0;
    }

    /**
     * The address of a place.
     *
     * @param place of {@link #locate}, not 0.
     * @return where it begins.
     */
    public static long placeAddress(final long place)
    {
        return place & ADDRESS_MASK;
    }

    /**
     * The size of a place.
     *
     * @param place of {@link #locate}, not 0.
     * @return bytes, all within one page.
     */
    public static int placeSize(final long place)
    {
        return sizeOf(place);
    }

    static long entry(final int size, final long address)
    {
        assert (address & ~ADDRESS_MASK) == 0 : "address of more than 48 bits";
        return ((long) size >>> UNIT_SHIFT << SIZE_SHIFT) | address;
    }

    static void set(final long[] table, final int page, final long entry)
    {
        TABLE.setOpaque(table, page, entry);
    }

    static long addressOf(final long entry)
    {
        return entry & ADDRESS_MASK;
    }

    static int sizeOf(final long entry)
    {
        return (int) (entry >>> SIZE_SHIFT) << UNIT_SHIFT;
    }
}
