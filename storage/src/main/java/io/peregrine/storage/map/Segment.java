package io.peregrine.storage.map;

import io.peregrine.storage.memory.PageTable;
import org.agrona.UnsafeApi;

/**
 * How a segment of an index lies in memory: a table with linear probing.
 * <pre>
 *   0  8 bytes: depth 6 bits | structure id 24 | prefix 32, the first tag of its range
 *   8  4 bytes: entries in use
 *  12  4 bytes: reference of the next segment of an overflow chain, or 0
 *  16  slots of 8 bytes: tag, upper 32 bits | reference of the record, 32 bits; 0 is empty
 * </pre>
 * The capacity follows from the size of the object. A slot's home depends on its tag and the capacity only, so
 * deleting shifts slots back, no marks are left, and no record is touched.
 */
final class Segment
{
    static final int HEADER = 16;
    static final int COUNT = 8;
    static final int NEXT = 12;

    /**
     * What {@link #find} says when there is none; no slot looks like that, since references are positive.
     */
    static final long NO_SLOT = -1;

    private static final int[] SIZES = {80, 144, 272, 528, 1088, 2048, 2728, 4096};
    private static final int GOLDEN = 0x9E3779B1;
    private static final int HALF = 16;
    private static final int DEPTH_SHIFT = 56;
    private static final long ID_MASK = 0xFF_FFFFL;

    private Segment()
    {
    }

    static int capacity(final int size)
    {
        return (size - HEADER) >>> 3;
    }

    static int home(final int tag, final int capacity)
    {
        return ((tag * GOLDEN) >>> HALF) * capacity >>> HALF;
    }

    /**
     * The most entries in a table of this capacity: 7 of 8.
     */
    static int room(final int capacity)
    {
        return capacity - ((capacity + 7) >>> 3);
    }

    /**
     * The size of a table for so many entries, with room for a third more if there is one so large.
     */
    static int sizeFor(final int entries)
    {
        for (final int size : SIZES)
        {
            final int capacity = capacity(size);
            if (entries <= capacity - (capacity >>> 2))
            {
                return size;
            }
        }
        return SIZES[SIZES.length - 1];
    }

    static int smallest()
    {
        return SIZES[0];
    }

    /**
     * The next larger size, or 0.
     */
    static int larger(final int size)
    {
        for (final int candidate : SIZES)
        {
            if (candidate > size)
            {
                return candidate;
            }
        }
        return 0;
    }

    static void initialise(
        final long segment,
        final int size,
        final int structureId,
        final int prefix,
        final int depth,
        final int next)
    {
        UnsafeApi.setMemory(segment, size, (byte) 0);
        label(segment, structureId, prefix, depth);
        UnsafeApi.putInt(segment + NEXT, next);
    }

    static void label(final long segment, final int structureId, final int prefix, final int depth)
    {
        UnsafeApi.putLong(segment,
            ((long) depth << DEPTH_SHIFT) | ((long) structureId << Integer.SIZE) | (prefix & 0xFFFF_FFFFL));
    }

    static int structureId(final long segment)
    {
        return (int) ((UnsafeApi.getLong(segment) >>> Integer.SIZE) & ID_MASK);
    }

    static int prefix(final long segment)
    {
        return (int) UnsafeApi.getLong(segment);
    }

    static int depth(final long segment)
    {
        return (int) (UnsafeApi.getLong(segment) >>> DEPTH_SHIFT);
    }

    static int count(final long segment)
    {
        return UnsafeApi.getInt(segment + COUNT);
    }

    static int next(final long segment)
    {
        return UnsafeApi.getInt(segment + NEXT);
    }

    /**
     * Any thread: find the first slot with a tag, without following a chain.
     *
     * @param place of the segment, as the page table has it; may be out of date.
     * @return the slot; or {@link #NO_SLOT}; or 0 if that does not settle it.
     */
    static long find(final long place, final int tag)
    {
        final long segment = PageTable.placeAddress(place);
        final int capacity = capacity(PageTable.placeSize(place));
        int i = home(tag, capacity);
        long slot = UnsafeApi.getLong(slotAddress(segment, i));
        for (int left = capacity; tag(slot) != tag; left--)
        {
            if (slot == 0 || left == 1)
            {
                return slot == 0 ? none(segment) : 0;
            }
            i = i + 1 == capacity ? 0 : i + 1;
            slot = UnsafeApi.getLong(slotAddress(segment, i));
        }
        return slot;
    }

    private static long none(final long segment)
    {
        return next(segment) == 0 ? NO_SLOT : 0;
    }

    static long slotAddress(final long segment, final int slot)
    {
        return segment + HEADER + ((long) slot << 3);
    }

    static long slot(final int tag, final int ref)
    {
        return ((long) tag << Integer.SIZE) | ref;
    }

    static int tag(final long slot)
    {
        return (int) (slot >>> Integer.SIZE);
    }

    /**
     * Add a slot to a table that has an empty one.
     */
    static void add(final long segment, final int capacity, final long slot)
    {
        int i = home(tag(slot), capacity);
        while (UnsafeApi.getLong(slotAddress(segment, i)) != 0)
        {
            i = i + 1 == capacity ? 0 : i + 1;
        }
        UnsafeApi.putLong(slotAddress(segment, i), slot);
        UnsafeApi.putInt(segment + COUNT, count(segment) + 1);
    }

    /**
     * Empty a slot, and shift back those behind it that would not be found any more.
     */
    static void remove(final long segment, final int capacity, final long slotAddress)
    {
        int hole = (int) ((slotAddress - segment - HEADER) >>> 3);
        int i = hole;
        while (true)
        {
            i = i + 1 == capacity ? 0 : i + 1;
            final long slot = UnsafeApi.getLong(slotAddress(segment, i));
            if (slot == 0)
            {
                break;
            }
            final int home = home(tag(slot), capacity);
            final boolean staysReachable = hole <= i ? hole < home && home <= i : hole < home || home <= i;
            if (!staysReachable)
            {
                UnsafeApi.putLong(slotAddress(segment, hole), slot);
                hole = i;
            }
        }
        UnsafeApi.putLong(slotAddress(segment, hole), 0L);
        UnsafeApi.putInt(segment + COUNT, count(segment) - 1);
    }
}
