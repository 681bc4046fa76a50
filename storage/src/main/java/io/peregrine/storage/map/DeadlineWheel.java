package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The entries of one partition that have an end, in the order of their ends, roughly: a hierarchical timing wheel
 * whose links are fields of the records. Writer thread.
 * <p>
 * A tick is about a millisecond; 8 levels of 64 buckets cover all of time. An entry is kept at the level of the
 * highest bit in which its tick differs from the current one; when the wheel arrives at a bucket, its entries move to
 * lower levels, and from the lowest to the list of what is due. An entry becomes due only when its end is not after
 * now, to the nanosecond: nothing fires early. Each call does a bounded number of moves and goes on where it stopped;
 * adding and removing take constant time; 64 empty buckets are skipped by one bit mask.
 * <p>
 * What is due stays in its list until it is removed or given another end.
 */
final class DeadlineWheel
{
    private static final int TICK_SHIFT = 20;
    private static final int LEVELS = 8;
    private static final int LEVEL_BITS = 6;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int DUE = LEVELS * SLOTS;
    private static final int[] NO_HEADS = {};

    private final Arena arena;
    private final long[] occupied = new long[LEVELS];
    private int[] heads = NO_HEADS;
    private long current;
    private int dueCursor;

    DeadlineWheel(final Arena arena)
    {
        this.arena = arena;
    }

    void link(final int ref, final long record)
    {
        final long shape = RecordLayout.shape(record);
        final long end = RecordLayout.end(record, RecordLayout.flags(shape));
        if (end == Long.MAX_VALUE)
        {
            setLinks(record, 0, 0);
            return;
        }
        if (heads == NO_HEADS)
        {
            heads = new int[DUE + 1];
            arena.pool().budget().charge(heapBytes());
        }
        push(ref, record, bucketOf(end >>> TICK_SHIFT));
    }

    void unlink(final int ref, final long record)
    {
        final int previous = UnsafeApi.getInt(record + RecordLayout.PREVIOUS);
        final int next = UnsafeApi.getInt(record + RecordLayout.NEXT);
        if (previous == 0)
        {
            return;
        }
        if (dueCursor == ref)
        {
            dueCursor = next;
        }
        if (next != 0)
        {
            UnsafeApi.putInt(arena.address(next) + RecordLayout.PREVIOUS, previous);
        }
        if (previous > 0)
        {
            UnsafeApi.putInt(arena.address(previous) + RecordLayout.NEXT, next);
        }
        else
        {
            setHead(~previous, next);
        }
        setLinks(record, 0, 0);
    }

    /**
     * A linked record was copied to another place: mend its neighbours.
     */
    void moved(final int from, final int to, final long record)
    {
        final int previous = UnsafeApi.getInt(record + RecordLayout.PREVIOUS);
        final int next = UnsafeApi.getInt(record + RecordLayout.NEXT);
        if (previous == 0)
        {
            return;
        }
        if (dueCursor == from)
        {
            dueCursor = to;
        }
        if (next != 0)
        {
            UnsafeApi.putInt(arena.address(next) + RecordLayout.PREVIOUS, to);
        }
        if (previous > 0)
        {
            UnsafeApi.putInt(arena.address(previous) + RecordLayout.NEXT, to);
        }
        else
        {
            heads[~previous] = to;
        }
    }

    /**
     * Move entries to the list of what is due.
     *
     * @return entries moved or looked at; less than the limit when the wheel has arrived at the tick of now. Of the
     *         entries that end within that tick, some may be left for later calls, until the tick is over at most.
     */
    int advance(final long now, final int limit)
    {
        final long target = now >>> TICK_SHIFT;
        int work = 0;
        while (work < limit)
        {
            final int bucket = firstBucket();
            final long start = bucket < 0 ? Long.MAX_VALUE : startOf(bucket);
            if (start > target)
            {
                current = Math.max(current, target);
                break;
            }
            current = Math.max(current, start);
            if (bucket >= SLOTS)
            {
                work += cascade(bucket, limit - work);
            }
            else if (start < target)
            {
                work += makeDue(bucket, limit - work);
            }
            else
            {
                work += makeDue(bucket, now, limit - work);
                break;
            }
        }
        return work;
    }

    /**
     * Are two times so near that the wheel may not tell which comes first?
     */
    static boolean isSameTick(final long one, final long other)
    {
        return one >>> TICK_SHIFT == other >>> TICK_SHIFT;
    }

    /**
     * A time at or before the earliest end; 0 if something is due.
     */
    long nextDeadline()
    {
        if (heads == NO_HEADS)
        {
            return Long.MAX_VALUE;
        }
        if (heads[DUE] != 0)
        {
            return 0;
        }
        final int bucket = firstBucket();
        return bucket < 0 ? Long.MAX_VALUE : startOf(bucket) << TICK_SHIFT;
    }

    /**
     * Begin to walk over what is due; entries may be unlinked or moved meanwhile.
     */
    void beginDue()
    {
        dueCursor = heads == NO_HEADS ? 0 : heads[DUE];
    }

    /**
     * The next entry of the walk, or 0.
     */
    int nextDue()
    {
        final int ref = dueCursor;
        if (ref != 0)
        {
            dueCursor = UnsafeApi.getInt(arena.address(ref) + RecordLayout.NEXT);
        }
        return ref;
    }

    void endDue()
    {
        dueCursor = 0;
    }

    void close()
    {
        if (heads != NO_HEADS)
        {
            arena.pool().budget().release(heapBytes());
            heads = NO_HEADS;
            Arrays.fill(occupied, 0);
        }
        dueCursor = 0;
    }

    private int cascade(final int bucket, final int limit)
    {
        int work = 0;
        for (int ref = heads[bucket]; ref != 0 && work < limit; ref = heads[bucket])
        {
            final long record = arena.address(ref);
            unlink(ref, record);
            link(ref, record);
            work++;
        }
        return work;
    }

    private int makeDue(final int bucket, final int limit)
    {
        int work = 0;
        for (int ref = heads[bucket]; ref != 0 && work < limit; ref = heads[bucket])
        {
            final long record = arena.address(ref);
            unlink(ref, record);
            push(ref, record, DUE);
            work++;
        }
        return work;
    }

    private int makeDue(final int bucket, final long now, final int limit)
    {
        int work = 0;
        int next;
        for (int ref = heads[bucket]; ref != 0 && work < limit; ref = next)
        {
            final long record = arena.address(ref);
            next = UnsafeApi.getInt(record + RecordLayout.NEXT);
            if (RecordLayout.end(record, RecordLayout.flags(RecordLayout.shape(record))) <= now)
            {
                unlink(ref, record);
                push(ref, record, DUE);
                work++;
            }
            else if (++work >= limit)
            {
                return limit - 1;
            }
        }
        return work;
    }

    private int bucketOf(final long tick)
    {
        if (tick < current)
        {
            return DUE;
        }
        final long differing = (tick ^ current) | SLOT_MASK;
        final int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / LEVEL_BITS;
        return (level << LEVEL_BITS) | ((int) (tick >>> (level * LEVEL_BITS)) & SLOT_MASK);
    }

    private int firstBucket()
    {
        int best = -1;
        long bestStart = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++)
        {
            final int position = (int) (current >>> (level * LEVEL_BITS)) & SLOT_MASK;
            final long mask = occupied[level] & (-1L << position);
            if (mask != 0)
            {
                final int bucket = (level << LEVEL_BITS) | Long.numberOfTrailingZeros(mask);
                final long start = startOf(bucket);
                if (start < bestStart || start == bestStart && start <= current)
                {
                    best = bucket;
                    bestStart = start;
                }
            }
        }
        return best;
    }

    private long startOf(final int bucket)
    {
        final int shift = (bucket >>> LEVEL_BITS) * LEVEL_BITS;
        final long block = (current >>> shift) & ~(long) SLOT_MASK;
        return Math.max(current, (block | (bucket & SLOT_MASK)) << shift);
    }

    private void push(final int ref, final long record, final int bucket)
    {
        final int first = heads[bucket];
        setLinks(record, ~bucket, first);
        if (first != 0)
        {
            UnsafeApi.putInt(arena.address(first) + RecordLayout.PREVIOUS, ref);
        }
        setHead(bucket, ref);
    }

    private void setHead(final int bucket, final int ref)
    {
        heads[bucket] = ref;
        if (bucket != DUE)
        {
            final long bit = 1L << bucket;
            final int level = bucket >>> LEVEL_BITS;
            occupied[level] = ref == 0 ? occupied[level] & ~bit : occupied[level] | bit;
        }
    }

    private static void setLinks(final long record, final int previous, final int next)
    {
        UnsafeApi.putInt(record + RecordLayout.PREVIOUS, previous);
        UnsafeApi.putInt(record + RecordLayout.NEXT, next);
    }

    private static long heapBytes()
    {
        return 16 + (DUE + 1L) * Integer.BYTES;
    }
}
