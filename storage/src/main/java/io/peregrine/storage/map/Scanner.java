package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Walks over an index in the order of the unsigned 64-bit hash of the keys. Writer thread; keeps nothing between calls
 * but its scratch memory.
 * <p>
 * A call takes the segment that the cursor falls into, sorts its slots by tag, computes whole hashes only where tags
 * are equal, and visits from the cursor on. A cursor says: everything with a smaller hash has been visited. A hash of
 * all ones counts as one less, so that it is different from the end.
 */
final class Scanner
{
    private static final int SEGMENTS_PER_CALL = 64;
    private static final int MOST_SLOTS = 512;
    private static final long LOW = 0xFFFF_FFFFL;

    private final Arena arena;
    private final RecordView view;
    private long[] slots = {};
    private long[] hashes = {};
    private int count;
    private long refused;

    Scanner(final Arena arena, final RecordView view)
    {
        this.arena = arena;
        this.view = view;
    }

    long scan(final HashIndex index, final long from, final int maxEntries, final RecordConsumer consumer)
    {
        if (maxEntries < 1)
        {
            throw new IllegalArgumentException("maxEntries must be positive: " + maxEntries);
        }
        long cursor = from;
        int visited = 0;
        for (int n = 0; n < SEGMENTS_PER_CALL && visited < maxEntries && cursor != MapStore.SCAN_END; n++)
        {
            final Directory directory = index.directory();
            final int ref = directory.segment(MapStore.tag(cursor));
            if (ref == 0)
            {
                return MapStore.SCAN_END;
            }
            final long segment = arena.address(ref);
            final long next = (Segment.prefix(segment) & LOW) + (1L << (Integer.SIZE - Segment.depth(segment)));
            gather(ref, MapStore.tag(cursor));
            int i = 0;
            while (i < count)
            {
                final int group = groupEnd(i);
                final int done = visit(i, group, cursor, consumer);
                if (done < 0)
                {
                    return refused;
                }
                visited += done;
                i = group;
                if (visited >= maxEntries && i < count)
                {
                    return tagOf(i) << Integer.SIZE;
                }
            }
            cursor = next > LOW ? MapStore.SCAN_END : next << Integer.SIZE;
        }
        return cursor;
    }

    /**
     * Visit slots with the same tag.
     *
     * @return entries visited, or -1 if one was refused; then its hash is the cursor.
     */
    private int visit(final int from, final int to, final long cursor, final RecordConsumer consumer)
    {
        if (to - from == 1)
        {
            final boolean isWhole = (cursor & LOW) == 0 || tagOf(from) != cursor >>> Integer.SIZE;
            if (isWhole)
            {
                refused = tagOf(from) << Integer.SIZE;
                return consumer.onRecord(view.wrap(refOf(from))) ? 1 : -1;
            }
        }
        sortGroup(from, to);
        int visited = 0;
        for (int i = from; i < to; i++)
        {
            final long hash = hashes[i - from];
            if (Long.compareUnsigned(hash, cursor) >= 0)
            {
                if (!consumer.onRecord(view.wrap(refOf(i))))
                {
                    refused = hash;
                    return -1;
                }
                visited++;
            }
        }
        return visited;
    }

    private void gather(final int first, final int fromTag)
    {
        count = 0;
        for (int ref = first; ref != 0; ref = Segment.next(arena.address(ref)))
        {
            final long segment = arena.address(ref);
            final int capacity = Segment.capacity(arena.objectSize(ref));
            if (count + capacity > slots.length)
            {
                slots = grow(slots, count + Math.max(capacity, MOST_SLOTS));
            }
            for (int i = 0; i < capacity; i++)
            {
                final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
                if (slot != 0 && Integer.compareUnsigned(Segment.tag(slot), fromTag) >= 0)
                {
                    slots[count++] = slot ^ Long.MIN_VALUE;
                }
            }
        }
        Arrays.sort(slots, 0, count);
    }

    private long[] grow(final long[] array, final int length)
    {
        arena.pool().budget().charge((long) (length - array.length) * Long.BYTES);
        return Arrays.copyOf(array, length);
    }

    void close()
    {
        arena.pool().budget().release((long) (slots.length + hashes.length) * Long.BYTES);
        slots = new long[0];
        hashes = slots;
    }

    private int groupEnd(final int from)
    {
        int to = from + 1;
        while (to < count && tagOf(to) == tagOf(from))
        {
            to++;
        }
        return to;
    }

    private void sortGroup(final int from, final int to)
    {
        if (to - from > hashes.length)
        {
            hashes = grow(hashes, (to - from) * 2);
        }
        for (int i = from; i < to; i++)
        {
            final long slot = slots[i];
            final long whole = view.wrap((int) slot).hash();
            final long hash = whole == MapStore.SCAN_END ? whole - 1 : whole;
            int at = i - from;
            while (at > 0 && Long.compareUnsigned(hashes[at - 1], hash) > 0)
            {
                hashes[at] = hashes[at - 1];
                slots[from + at] = slots[from + at - 1];
                at--;
            }
            hashes[at] = hash;
            slots[from + at] = slot;
        }
    }

    private long tagOf(final int i)
    {
        return (slots[i] ^ Long.MIN_VALUE) >>> Integer.SIZE;
    }

    private int refOf(final int i)
    {
        return (int) slots[i];
    }
}
