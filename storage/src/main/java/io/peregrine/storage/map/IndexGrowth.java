package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.SequenceLock;
import org.agrona.UnsafeApi;

/**
 * Changes the shape of the indexes of a partition: see {@link HashIndex} for how and why. Writer thread, outside the
 * lock.
 */
final class IndexGrowth
{
    /**
     * Pages that making room can take: two halves of a split and what it frees later.
     */
    static final int WORST_PAGES = 3;

    private static final int MAX_DEPTH = 20;
    private static final int SMALL_DIRECTORY = 64;
    private static final int DIRECTORY_PER_SEGMENT = 16;
    private static final int SHRINK_SHARE = 5;

    private final Arena arena;
    private final SequenceLock lock;
    private long work;

    IndexGrowth(final Arena arena, final SequenceLock lock)
    {
        this.arena = arena;
        this.lock = lock;
    }

    /**
     * Slots and directory entries looked at or moved since the beginning.
     */
    long work()
    {
        return work;
    }

    /**
     * Make room for one more entry with this tag: rewrite or split one segment if need be.
     */
    void ensureRoom(final HashIndex index, final int tag)
    {
        while (true)
        {
            final int ref = index.directory().segment(tag);
            if (ref == 0)
            {
                publishFirst(index);
                return;
            }
            final int size = arena.objectSize(ref);
            final long segment = arena.address(ref);
            if (Segment.count(segment) < Segment.room(Segment.capacity(size)))
            {
                return;
            }
            final int larger = Segment.larger(size);
            if (larger != 0)
            {
                rewrite(index, ref, arena.allocate(Arena.SEGMENT, larger));
                return;
            }
            if (!split(index, ref, segment))
            {
                final int front = newSegment(
                    index, Segment.smallest(), Segment.prefix(segment), Segment.depth(segment), ref);
                publish(index, segment, ref, front);
                return;
            }
        }
    }

    /**
     * Give back what the segment of a removed entry no longer needs.
     */
    void shrink(final HashIndex index, final int ref)
    {
        final long segment = arena.address(ref);
        final int count = Segment.count(segment);
        final int next = Segment.next(segment);
        if (next != 0 || index.directory().segment(Segment.prefix(segment)) != ref)
        {
            if (count == 0)
            {
                publish(index, segment, ref, next);
                arena.free(ref);
            }
            return;
        }
        final int size = arena.objectSize(ref);
        if (count < Segment.capacity(size) / SHRINK_SHARE)
        {
            final int smaller = Segment.sizeFor(count + 1);
            final int target = smaller < size ? arena.tryAllocate(Arena.SEGMENT, smaller) : 0;
            if (target != 0)
            {
                rewrite(index, ref, target);
            }
        }
    }

    /**
     * Write a segment anew in another place, of whatever size, and free the old one.
     */
    void rewrite(final HashIndex index, final int ref, final int target)
    {
        final long segment = arena.address(ref);
        final long fresh = arena.address(target);
        final int size = arena.objectSize(target);
        Segment.initialise(fresh, size,
            index.structureId(), Segment.prefix(segment), Segment.depth(segment), Segment.next(segment));
        final int capacity = Segment.capacity(arena.objectSize(ref));
        final int newCapacity = Segment.capacity(size);
        for (int i = 0; i < capacity; i++)
        {
            final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
            if (slot != 0)
            {
                Segment.add(fresh, newCapacity, slot);
            }
        }
        work += capacity;
        publish(index, segment, ref, target);
        arena.free(ref);
    }

    private int newSegment(
        final HashIndex index, final int size, final int prefix, final int depth, final int next)
    {
        final int ref = arena.allocate(Arena.SEGMENT, size);
        Segment.initialise(arena.address(ref), size, index.structureId(), prefix, depth, next);
        return ref;
    }

    private void publishFirst(final HashIndex index)
    {
        final int ref = newSegment(index, Segment.smallest(), 0, 0, 0);
        final Directory first = new Directory(new int[1], 0);
        first.set(0, 1, ref, arena.place(ref));
        publish(index, first);
    }

    private void publish(final HashIndex index, final Directory directory)
    {
        arena.pool().budget().charge(directory.heapBytes() - index.directory().heapBytes());
        work += directory.segments.length;
        lock.beginWrite();
        index.directory(directory);
        lock.endWrite();
    }

    private boolean split(final HashIndex index, final int ref, final long segment)
    {
        final int depth = Segment.depth(segment);
        if (Segment.next(segment) != 0 || depth == MAX_DEPTH || areTagsEqual(ref, segment) ||
            depth == index.directory().bits && !doubleDirectory(index))
        {
            return false;
        }
        final int bit = Integer.MIN_VALUE >>> depth;
        final int capacity = Segment.capacity(arena.objectSize(ref));
        final int ones = countTags(segment, capacity, bit);
        final int zeros = Segment.count(segment) - ones;
        final int prefix = Segment.prefix(segment);
        if (zeros == 0 || ones == 0)
        {
            splitAside(index, ref, segment, bit, ones == 0);
            return true;
        }
        final int low = newSegment(index, Segment.sizeFor(zeros + 1), prefix, depth + 1, 0);
        final int high = newSegment(index, Segment.sizeFor(ones + 1), prefix | bit, depth + 1, 0);
        for (int i = 0; i < capacity; i++)
        {
            final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
            if (slot != 0)
            {
                final int target = (Segment.tag(slot) & bit) == 0 ? low : high;
                Segment.add(arena.address(target), Segment.capacity(arena.objectSize(target)), slot);
            }
        }
        final Directory directory = index.directory();
        final int from = directory.place(prefix);
        final int middle = directory.place(prefix | bit);
        final int to = middle + (middle - from);
        lock.beginWrite();
        directory.set(from, middle, low, arena.place(low));
        directory.set(middle, to, high, arena.place(high));
        lock.endWrite();
        work += 3L * capacity + to - from;
        index.segmentAdded();
        arena.free(ref);
        return true;
    }

    /**
     * All entries are on one side of the split: their segment stays, and a small one serves the other side. So even a
     * row of splits takes no more pages than the last one.
     */
    private void splitAside(
        final HashIndex index, final int ref, final long segment, final int bit, final boolean isLow)
    {
        final int depth = Segment.depth(segment) + 1;
        final int prefix = Segment.prefix(segment);
        final int other = newSegment(index, Segment.smallest(), isLow ? prefix | bit : prefix, depth, 0);
        final int low = isLow ? ref : other;
        final int high = isLow ? other : ref;
        final Directory directory = index.directory();
        final int from = directory.place(prefix);
        final int middle = directory.place(prefix | bit);
        final int to = middle + (middle - from);
        lock.beginWrite();
        Segment.label(segment, index.structureId(), isLow ? prefix : prefix | bit, depth);
        directory.set(from, middle, low, arena.place(low));
        directory.set(middle, to, high, arena.place(high));
        lock.endWrite();
        work += to - from;
        index.segmentAdded();
    }

    private static int countTags(final long segment, final int capacity, final int bit)
    {
        int count = 0;
        for (int i = 0; i < capacity; i++)
        {
            final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
            if (slot != 0 && (Segment.tag(slot) & bit) != 0)
            {
                count++;
            }
        }
        return count;
    }

    private boolean areTagsEqual(final int ref, final long segment)
    {
        final int capacity = Segment.capacity(arena.objectSize(ref));
        long first = 0;
        for (int i = 0; i < capacity; i++)
        {
            final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
            if (slot != 0)
            {
                if (first != 0 && Segment.tag(first) != Segment.tag(slot))
                {
                    return false;
                }
                first = slot;
            }
        }
        return true;
    }

    private boolean doubleDirectory(final HashIndex index)
    {
        final Directory current = index.directory();
        final int length = current.segments.length * 2;
        if (length > SMALL_DIRECTORY && length > (long) DIRECTORY_PER_SEGMENT * index.segmentCount())
        {
            return false;
        }
        final Directory larger = new Directory(new int[length], current.bits + 1);
        for (int i = 0; i < length; i++)
        {
            larger.segments[i] = current.segments[i >>> 1];
            larger.places[i] = current.places[i >>> 1];
        }
        publish(index, larger);
        return true;
    }

    /**
     * Put another segment, or none, in the place of one: in the directory, or in the chain that it is in.
     */
    private void publish(final HashIndex index, final long segment, final int ref, final int target)
    {
        final Directory directory = index.directory();
        final int from = directory.place(Segment.prefix(segment));
        final int head = directory.segments[from];
        if (head == ref)
        {
            final int span = 1 << (directory.bits - Segment.depth(segment));
            work += span;
            lock.beginWrite();
            directory.set(from, from + span, target, arena.place(target));
            lock.endWrite();
            return;
        }
        long before = arena.address(head);
        while (Segment.next(before) != ref)
        {
            before = arena.address(Segment.next(before));
        }
        lock.beginWrite();
        UnsafeApi.putInt(before + Segment.NEXT, target);
        lock.endWrite();
    }
}
