package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The entries of one partition that have an end, in the order of their ends, roughly: a hierarchical timing wheel
 * whose links are fields of the records. Writer thread.
 * <p>
 * 11 levels of 64 buckets cover all of time, and a bucket of the lowest level is one nanosecond. An entry is kept at
 * the level of the highest bit in which its end differs from the current time. When the wheel arrives at a bucket,
 * those of its entries that have ended go to the list of what is due, and the others to lower levels. Levels finer than
 * the distance between two calls are passed over in that way, so that the fine tick costs an entry few moves, and what
 * has ended is told apart exactly: nothing fires early, and nothing is left behind.
 * <p>
 * Each call does a bounded number of moves and goes on where it stopped, but for the first one by an earlier time than
 * before, which moves all; adding and removing take constant time; empty levels and empty buckets are skipped by bit
 * masks.
 * <p>
 * What is due stays in its list until it is removed or given another end.
 */
final class DeadlineWheel
{
    private static final int LEVELS = 11;
    private static final int LEVEL_BITS = 6;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int DUE = LEVELS * SLOTS;
    private static final int[] NO_HEADS = {};

    private final Arena arena;
    private final long[] occupied = new long[LEVELS];
    private int occupiedLevels;
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
        push(ref, record, bucketOf(end));
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
     * Move what has ended to the list of what is due. Where the time is earlier than before, as where this copy leads
     * once more and its clock had run on when it led last, what has not ended by it is taken out of the list: that
     * once takes time in proportion to the entries.
     *
     * @return entries moved; less than the limit when all that has ended by now is in the list.
     */
    int advance(final long now, final int limit)
    {
        if (now < current)
        {
            turnBack(now);
        }
        int work = 0;
        while (work < limit)
        {
            final int bucket = firstBucket();
            final long start = bucket < 0 ? Long.MAX_VALUE : startOf(bucket);
            if (start > now)
            {
                current = Math.max(current, now);
                break;
            }
            current = Math.max(current, start);
            work += empty(bucket, now, limit - work);
        }
        return work;
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
        return bucket < 0 ? Long.MAX_VALUE : startOf(bucket);
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
            occupiedLevels = 0;
        }
        dueCursor = 0;
    }

    private void turnBack(final long now)
    {
        int all = 0;
        for (int bucket = 0; bucket < heads.length; bucket++)
        {
            for (int ref = heads[bucket]; ref != 0; ref = heads[bucket])
            {
                final long record = arena.address(ref);
                unlink(ref, record);
                UnsafeApi.putInt(record + RecordLayout.NEXT, all);
                all = ref;
            }
        }
        current = now;
        while (all != 0)
        {
            final int ref = all;
            final long record = arena.address(ref);
            all = UnsafeApi.getInt(record + RecordLayout.NEXT);
            push(ref, record, bucketOf(RecordLayout.end(record, RecordLayout.flags(RecordLayout.shape(record)))));
        }
    }

    private int empty(final int bucket, final long now, final int limit)
    {
        int work = 0;
        for (int ref = heads[bucket]; ref != 0 && work < limit; ref = heads[bucket])
        {
            final long record = arena.address(ref);
            final long end = RecordLayout.end(record, RecordLayout.flags(RecordLayout.shape(record)));
            unlink(ref, record);
            push(ref, record, end <= now ? DUE : bucketOf(end));
            work++;
        }
        return work;
    }

    private int bucketOf(final long end)
    {
        if (end < current)
        {
            return DUE;
        }
        final long differing = (end ^ current) | SLOT_MASK;
        final int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / LEVEL_BITS;
        return (level << LEVEL_BITS) | ((int) (end >>> (level * LEVEL_BITS)) & SLOT_MASK);
    }

    private int firstBucket()
    {
        int best = -1;
        long bestStart = Long.MAX_VALUE;
        for (int levels = occupiedLevels; levels != 0; levels &= levels - 1)
        {
            final int level = Integer.numberOfTrailingZeros(levels);
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
            occupiedLevels = occupied[level] == 0 ? occupiedLevels & ~(1 << level) : occupiedLevels | 1 << level;
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
