package io.peregrine.storage.map;

/**
 * The root of an index: references of segments by the upper bits of the tag. Readers take it in one load; its array is
 * changed in place under the lock, and a larger one is a new object.
 */
final class Directory
{
    /**
     * Of a map without entries.
     */
    static final Directory EMPTY = new Directory(new int[1], 0);

    final int[] segments;
    final int bits;
    private final int shift;

    Directory(final int[] segments, final int bits)
    {
        this.segments = segments;
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

    long heapBytes()
    {
        return this == EMPTY ? 0 : 40 + (long) segments.length * Integer.BYTES;
    }
}
