package io.peregrine.storage.map;

import io.peregrine.storage.memory.MemoryBudget;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * When keys of a partition were last used, outside the records, roughly. Readers on any thread note a use with one
 * opaque store; the writer makes the table larger.
 * <p>
 * A place of the table holds a time in units of 17 ms and is shared by all keys whose tags fall on it. So a trace is
 * never too early (an idle entry may live longer because of a neighbour, none ends sooner than it should), costs 4
 * bytes a key or less, and a place that many readers use at once is written once in 17 ms.
 */
final class ReadTrace
{
    private static final VarHandle STAMPS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNIT_SHIFT = 24;
    private static final int GOLDEN = 0x9E3779B1;
    private static final int SMALLEST = 64;
    private static final int LARGEST = 1 << 18;

    private final MemoryBudget budget;
    private volatile int[] stamps = new int[SMALLEST];
    private int writerStamp = 1;

    ReadTrace(final MemoryBudget budget)
    {
        this.budget = budget;
        budget.charge(heapBytes(SMALLEST));
    }

    /**
     * Any thread: a use.
     */
    void note(final int tag, final long now)
    {
        noteStamp(tag, stampOf(now));
    }

    /**
     * Writer: a use by a write, at the time of the last {@link #time}.
     */
    void noteWrite(final int tag)
    {
        noteStamp(tag, writerStamp);
    }

    /**
     * Writer: the time moves on.
     */
    void time(final long now)
    {
        writerStamp = stampOf(now);
    }

    /**
     * The last use known, if it is later than a time.
     *
     * @return the end of the unit in which it was, or the given time.
     */
    long lastUse(final int tag, final long time)
    {
        final int stamp = stamp(tag);
        final long unit = time >>> UNIT_SHIFT;
        final int later = stamp - (int) unit;
        return stamp == 0 || later < 0 ? time : Math.max(time, (unit + later + 1) << UNIT_SHIFT);
    }

    /**
     * A number that compares by subtraction.
     */
    int stamp(final int tag)
    {
        final int[] table = stamps;
        return (int) STAMPS.getOpaque(table, place(tag, table.length));
    }

    /**
     * Writer: a table as large as the number of keys, within bounds.
     */
    void fit(final long keys)
    {
        final int[] old = stamps;
        if (keys > old.length && old.length < LARGEST)
        {
            final int[] larger = new int[old.length * 2];
            for (int i = 0; i < larger.length; i++)
            {
                larger[i] = (int) STAMPS.getOpaque(old, i >>> 1);
            }
            budget.charge(heapBytes(larger.length) - heapBytes(old.length));
            stamps = larger;
        }
    }

    void close()
    {
        budget.release(heapBytes(stamps.length));
    }

    private void noteStamp(final int tag, final int stamp)
    {
        final int[] table = stamps;
        final int place = place(tag, table.length);
        if ((int) STAMPS.getOpaque(table, place) != stamp)
        {
            STAMPS.setOpaque(table, place, stamp);
        }
    }

    private static int stampOf(final long now)
    {
        final int stamp = (int) (now >>> UNIT_SHIFT);
        return stamp == 0 ? 1 : stamp;
    }

    private static int place(final int tag, final int length)
    {
        return (tag * GOLDEN) >>> (Integer.numberOfLeadingZeros(length) + 1);
    }

    private static long heapBytes(final int length)
    {
        return 16 + (long) length * Integer.BYTES;
    }
}
