package io.peregrine.storage.map;

import java.util.Arrays;

/**
 * The root of an index: segments by the upper bits of the tag. Its arrays are changed in place, under the lock; a
 * larger one is a new object.
 * <p>
 * Who looks a key up takes {@link #places}, where an entry is the segment's place as the page table has it, and is
 * spared two loads. To readers a place that is out of date still lies within a page. Growth goes by references.
 */
final class Directory
{
    /**
     * Of a map without entries.
     */
    static final Directory EMPTY = new Directory(new int[1], 0);

    private static final int ARRAY_AND_OBJECT_HEADERS = 64;

    final int[] segments;
    final long[] places;
    final int bits;
    private final int shift;

    Directory(final int[] segments, final int bits)
    {
        this.segments = segments;
        this.places = new long[segments.length];
        this.bits = bits;
        this.shift = Integer.SIZE - bits;
    }

    int place(final int tag)
    {
        return (int) ((tag & 0xFFFF_FFFFL) >>> shift);
    }

    int segment(final int tag)
    {
        return segments[place(tag)];
    }

    long placeOf(final int tag)
    {
        return place(places, tag);
    }

    /**
     * Any thread: the entry of a tag in an array of {@link #places}.
     */
    static long place(final long[] places, final int tag)
    {
        return places[(int) ((tag & 0xFFFF_FFFFL) >>> (Integer.numberOfLeadingZeros(places.length) + 1))];
    }

    void set(final int from, final int to, final int segment, final long segmentPlace)
    {
        Arrays.fill(segments, from, to, segment);
        Arrays.fill(places, from, to, segmentPlace);
    }

    long heapBytes()
    {
        return this == EMPTY ? 0 :
            ARRAY_AND_OBJECT_HEADERS + (long) segments.length * (Integer.BYTES + Long.BYTES);
    }
}
