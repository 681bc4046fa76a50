package io.peregrine.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

abstract class SequenceLockLeftPadding
{
    long p01;
    long p02;
    long p03;
    long p04;
    long p05;
    long p06;
    long p07;
    long p08;
    long p09;
    long p10;
    long p11;
    long p12;
    long p13;
    long p14;
    long p15;
}

abstract class SequenceLockValue extends SequenceLockLeftPadding
{
    protected long sequence;
    /**
     * For readers: in the line of the sequence, since all of them need both.
     */
    protected long[] pageTable;
    /**
     * Writer's own.
     */
    protected int depth;
}

/**
 * One writer, any number of readers that never write: a number that is odd while the writer is inside. A reader notes
 * an even number, reads what it likes, and believes what it read only if the number is still the same.
 * <p>
 * Why this is right. The writer stores the odd number, then a store-store fence, then its changes, then the even
 * number with release. The reader loads the number with acquire, then its data, then a load-load fence, then the
 * number again. Data of a change can be seen only after the fence that follows the odd number, so a reader that has
 * seen any of it sees another number at the end. The same holds for whatever the writer does to memory <em>after</em>
 * a change that unlinked it: that memory may be freed and reused outside the lock, at once, even by another partition
 * of the same thread. A reader that still looks at it noted its number before the unlinking, and fails.
 * <p>
 * What a reader has in hand before the check is garbage: it follows no length or place that it has not clamped.
 */
public final class SequenceLock extends SequenceLockValue
{
    private static final VarHandle SEQUENCE;
    private static final VarHandle PAGE_TABLE;

    static
    {
        try
        {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEQUENCE = lookup.findVarHandle(SequenceLockValue.class, "sequence", long.class);
            PAGE_TABLE = lookup.findVarHandle(SequenceLockValue.class, "pageTable", long[].class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    long q01;
    long q02;
    long q03;
    long q04;
    long q05;
    long q06;
    long q07;
    long q08;
    long q09;
    long q10;
    long q11;
    long q12;
    long q13;
    long q14;
    long q15;

    /**
     * Writer: enter. May be nested: readers see the changes of the outermost one together.
     */
    public void beginWrite()
    {
        if (depth++ == 0)
        {
            SEQUENCE.setOpaque(this, sequence + 1);
            VarHandle.storeStoreFence();
        }
    }

    /**
     * Writer: leave.
     */
    public void endWrite()
    {
        assert depth > 0 : "writer is not inside";
        if (--depth == 0)
        {
            SEQUENCE.setRelease(this, sequence + 1);
        }
    }

    /**
     * Reader: note the number.
     *
     * @return a number; odd when the writer is inside and reading is in vain.
     */
    public long beginRead()
    {
        return (long) SEQUENCE.getAcquire(this);
    }

    /**
     * Reader: is everything read since {@link #beginRead()} of one piece?
     *
     * @param noted the even number that it returned.
     * @return true if no change came in between.
     */
    public boolean isValid(final long noted)
    {
        VarHandle.loadLoadFence();
        return (long) SEQUENCE.getOpaque(this) == noted;
    }

    /**
     * Writer: the pages of the partition are in this table from now on.
     *
     * @param table for {@link PageTable#locate}, not null.
     */
    public void pageTable(final long[] table)
    {
        PAGE_TABLE.setRelease(this, table);
    }

    /**
     * The table for {@link PageTable#locate}. Any thread; readers after {@link #beginRead()}.
     *
     * @return table of the moment.
     */
    public long[] pageTable()
    {
        return (long[]) PAGE_TABLE.getAcquire(this);
    }
}
