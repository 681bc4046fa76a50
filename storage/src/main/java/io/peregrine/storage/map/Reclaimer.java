package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import java.util.ArrayDeque;
import org.agrona.UnsafeApi;

/**
 * Gives back, bit by bit, what maps held when they were cleared or destroyed. Readers were turned away when the
 * directory was taken from them, so nothing here needs the lock. Writer thread.
 */
final class Reclaimer
{
    private final Arena arena;
    private final Records records;
    private final ArrayDeque<Directory> detached = new ArrayDeque<>();
    private int place;
    private int slot;

    Reclaimer(final Arena arena, final Records records)
    {
        this.arena = arena;
        this.records = records;
    }

    void add(final Directory directory)
    {
        if (directory != Directory.EMPTY)
        {
            detached.addLast(directory);
        }
    }

    boolean hasWork()
    {
        return !detached.isEmpty();
    }

    /**
     * Free records, until about so many objects were freed.
     */
    int reclaim(final int limit)
    {
        int work = 0;
        while (work < limit && !detached.isEmpty())
        {
            final Directory directory = detached.peekFirst();
            if (place == directory.segments.length)
            {
                arena.pool().budget().release(directory.heapBytes());
                detached.pollFirst();
                place = 0;
            }
            else
            {
                work += reclaimSegment(directory, directory.segments[place], limit - work);
            }
        }
        return work;
    }

    void close()
    {
        for (final Directory directory : detached)
        {
            arena.pool().budget().release(directory.heapBytes());
        }
        detached.clear();
        place = 0;
        slot = 0;
    }

    private int reclaimSegment(final Directory directory, final int ref, final int limit)
    {
        final long segment = arena.address(ref);
        final int capacity = Segment.capacity(arena.objectSize(ref));
        int work = 0;
        while (slot < capacity && work < limit)
        {
            final long entry = UnsafeApi.getLong(Segment.slotAddress(segment, slot));
            slot++;
            if (entry != 0)
            {
                work += records.free((int) entry);
            }
        }
        if (slot == capacity)
        {
            final int next = Segment.next(segment);
            final int span = 1 << (directory.bits - Segment.depth(segment));
            slot = 0;
            if (next == 0)
            {
                place += span;
            }
            else
            {
                directory.segments[place] = next;
            }
            arena.free(ref);
            work++;
        }
        return work;
    }
}
