package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.PageTable;
import io.peregrine.storage.memory.SequenceLock;
import org.agrona.UnsafeApi;

/**
 * The index of one map: extendible hashing over tags, the upper halves of the keys' hashes. Writer thread, except
 * {@link #directory()}.
 * <p>
 * <b>Growth without a pause.</b> A directory, indexed by the upper bits of the tag, points to segments (see {@link
 * Segment}) of at most 510 slots. A small map has one segment of 8 slots; a segment grows through some sizes to the
 * largest, then is split in two by the next bit of the tag, while the others stay. A put therefore moves at most one
 * segment's slots, 8 bytes each, and no record: two microseconds or so at worst. The directory has about four bytes
 * per 200 entries; it is doubled when a split needs another bit, which copies it, and that is once in a doubling of
 * the map.
 * <p>
 * <b>Order.</b> Segments are ranges in hash order, which is what a scan needs: its cursor is a hash, and means the
 * same on every copy whatever the segments of that copy look like.
 * <p>
 * <b>Bad hashes.</b> Where tags are so alike that a split would not part them, or the directory would become large for
 * the number of segments, a segment gets an overflow segment in front of it, and so on. Everything works then, slower.
 * <p>
 * <b>Shrinking.</b> A segment left with less than a fifth of its room is rewritten in a smaller size, if there is a
 * free place for it; ranges are not joined again, but cost 80 bytes each when empty, and the last entry to go takes
 * all of them along.
 * <p>
 * <b>Readers.</b> New segments are filled before they are published, under the lock, by stores into the directory. Old
 * ones are freed after that, so a reader still inside fails its check (see {@link SequenceLock}).
 */
final class HashIndex
{
    private final Arena arena;
    private final IndexGrowth growth;
    private final MapReader reader;
    private final int structureId;
    private volatile Directory directory = Directory.EMPTY;
    private int segmentCount;
    private long foundSegment;
    private int foundSize;
    private int foundTag;

    HashIndex(final Arena arena, final IndexGrowth growth, final MapReader reader, final int structureId)
    {
        this.arena = arena;
        this.growth = growth;
        this.reader = reader;
        this.structureId = structureId;
    }

    /**
     * Any thread.
     *
     * @return null if the map was destroyed.
     */
    Directory directory()
    {
        return directory;
    }

    /**
     * Replace the directory by a larger one. Under the lock.
     */
    void directory(final Directory larger)
    {
        directory = larger;
        reader.places(larger.places);
        segmentCount = Math.max(segmentCount, 1);
    }

    int structureId()
    {
        return structureId;
    }

    int segmentCount()
    {
        return segmentCount;
    }

    void segmentAdded()
    {
        segmentCount++;
    }

    /**
     * Find the slot of a key.
     *
     * @return its address, or 0.
     */
    long findSlot(final int tag, final byte[] base, final long offset, final int length)
    {
        for (long place = directory.placeOf(tag); place != 0; place = arena.place(Segment.next(foundSegment)))
        {
            final long segment = PageTable.placeAddress(place);
            final int capacity = remember(place, tag);
            int i = Segment.home(tag, capacity);
            long slot;
            while ((slot = UnsafeApi.getLong(Segment.slotAddress(segment, i))) != 0)
            {
                if (Segment.tag(slot) == tag && isKey((int) slot, base, offset, length))
                {
                    return Segment.slotAddress(segment, i);
                }
                i = i + 1 == capacity ? 0 : i + 1;
            }
        }
        return 0;
    }

    /**
     * Find the slot of a record.
     *
     * @return its address, or 0 if the record is not in the index: it belongs to what was cleared.
     */
    long findSlot(final int tag, final int recordRef)
    {
        final long wanted = Segment.slot(tag, recordRef);
        for (long place = directory.placeOf(tag); place != 0; place = arena.place(Segment.next(foundSegment)))
        {
            final long segment = PageTable.placeAddress(place);
            final int capacity = remember(place, tag);
            int i = Segment.home(tag, capacity);
            long slot;
            while ((slot = UnsafeApi.getLong(Segment.slotAddress(segment, i))) != 0)
            {
                if (slot == wanted)
                {
                    return Segment.slotAddress(segment, i);
                }
                i = i + 1 == capacity ? 0 : i + 1;
            }
        }
        return 0;
    }

    private int remember(final long place, final int tag)
    {
        foundSegment = PageTable.placeAddress(place);
        foundSize = PageTable.placeSize(place);
        foundTag = tag;
        return Segment.capacity(foundSize);
    }

    private boolean isKey(final int recordRef, final byte[] base, final long offset, final int length)
    {
        final long record = arena.address(recordRef);
        final long shape = RecordLayout.shape(record);
        return RecordLayout.keyLength(shape) == length &&
            Bytes.equal(RecordLayout.keyAddress(record, shape), base, offset, length);
    }

    /**
     * Pages that {@link #ensureRoom} may take.
     */
    int pagesToGrow(final int tag)
    {
        final int ref = directory.segment(tag);
        if (ref == 0)
        {
            return arena.hasFree(Arena.SEGMENT, Segment.smallest()) ? 0 : 1;
        }
        if (hasRoom(tag))
        {
            return 0;
        }
        final int larger = Segment.larger(arena.objectSize(ref));
        if (larger != 0)
        {
            return arena.hasFree(Arena.SEGMENT, larger) ? 0 : 1;
        }
        return IndexGrowth.WORST_PAGES;
    }

    /**
     * Is there room for one more entry with this tag without more memory?
     */
    boolean hasRoom(final int tag)
    {
        final long place = directory.placeOf(tag);
        return place != 0 && Segment.count(PageTable.placeAddress(place)) <
            Segment.room(Segment.capacity(PageTable.placeSize(place)));
    }

    /**
     * Make room for one more entry with this tag. Outside the lock.
     */
    void ensureRoom(final int tag)
    {
        growth.ensureRoom(this, tag);
    }

    /**
     * Add an entry; {@link #ensureRoom} was called before. Under the lock.
     */
    void insert(final int tag, final int recordRef)
    {
        final long place = directory.placeOf(tag);
        Segment.add(PageTable.placeAddress(place), Segment.capacity(PageTable.placeSize(place)),
            Segment.slot(tag, recordRef));
    }

    /**
     * Remove the entry that was just found. Under the lock; call {@link #shrink} after it.
     */
    void removeFound(final long slotAddress)
    {
        Segment.remove(foundSegment, Segment.capacity(foundSize), slotAddress);
    }

    /**
     * Give back what the segment of the removed entry no longer needs. Outside the lock.
     */
    void shrink()
    {
        int ref = directory.segment(foundTag);
        while (arena.address(ref) != foundSegment)
        {
            ref = Segment.next(arena.address(ref));
        }
        growth.shrink(this, ref);
    }

    /**
     * Move a segment to another place of the same size.
     *
     * @return false if it does not belong to this index any more.
     */
    boolean move(final int ref, final int target)
    {
        final long segment = arena.address(ref);
        int at = directory.segment(Segment.prefix(segment));
        while (at != 0 && at != ref)
        {
            at = Segment.next(arena.address(at));
        }
        if (at == 0)
        {
            return false;
        }
        growth.rewrite(this, ref, target);
        return true;
    }

    /**
     * Empty the index at once. Under the lock.
     *
     * @param successor the new directory: empty, or null when the map is destroyed.
     * @return the old one, to be reclaimed.
     */
    Directory detach(final Directory successor)
    {
        final Directory old = directory;
        directory = successor;
        reader.places(successor == null ? null : successor.places);
        segmentCount = 0;
        return old;
    }
}
