package io.peregrine.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.AbstractMutableDirectBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What codecs write into: grows up to a limit, and refuses to be written beyond it whether or not bounds checks are
 * switched off, so that a faulty codec cannot corrupt memory. Single-threaded.
 */
final class ScratchBuffer extends AbstractMutableDirectBuffer
{
    private static final int INITIAL = 512;
    private static final int KEEP = 256 * 1024;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int limit;

    ScratchBuffer(final int limit)
    {
        this.limit = limit;
        addressOffset = BufferUtil.ARRAY_BASE_OFFSET;
        resize(Math.min(INITIAL, limit));
    }

    /**
     * The same bytes as a buffer of the common class. Valid until the next write.
     */
    UnsafeBuffer view()
    {
        return view;
    }

    /**
     * Do not hold much memory between calls.
     */
    void trim()
    {
        if (capacity > KEEP)
        {
            byteArray = new byte[0];
            resize(INITIAL);
        }
    }

    @Override
    protected void ensureCapacity(final int index, final int length)
    {
        final long end = (long) index + length;
        if (index < 0 || length < 0 || end > capacity)
        {
            grow(index, length, end);
        }
    }

    private void grow(final int index, final int length, final long end)
    {
        if (index < 0 || length < 0)
        {
            throw new IndexOutOfBoundsException("index=" + index + " length=" + length);
        }
        if (end > limit)
        {
            throw new LimitExceeded(end, limit);
        }
        resize((int) Math.min(limit, Math.max(end, 2L * capacity)));
    }

    private void resize(final int newCapacity)
    {
        byteArray = byteArray == null ? new byte[newCapacity] : Arrays.copyOf(byteArray, newCapacity);
        capacity = newCapacity;
        view.wrap(byteArray);
    }

    @Override
    public boolean isExpandable()
    {
        return true;
    }

    @Override
    public void checkLimit(final int newLimit)
    {
        ensureCapacity(newLimit, 0);
    }

    @Override
    public int wrapAdjustment()
    {
        return 0;
    }

    @Override
    public ByteBuffer byteBuffer()
    {
        return null;
    }

    @Override
    public void wrap(final byte[] buffer)
    {
        throw fixed();
    }

    @Override
    public void wrap(final byte[] buffer, final int offset, final int length)
    {
        throw fixed();
    }

    @Override
    public void wrap(final ByteBuffer buffer)
    {
        throw fixed();
    }

    @Override
    public void wrap(final ByteBuffer buffer, final int offset, final int length)
    {
        throw fixed();
    }

    @Override
    public void wrap(final DirectBuffer buffer)
    {
        throw fixed();
    }

    @Override
    public void wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        throw fixed();
    }

    @Override
    public void wrap(final long address, final int length)
    {
        throw fixed();
    }

    private static UnsupportedOperationException fixed()
    {
        return new UnsupportedOperationException("a codec must write to the buffer, not wrap it");
    }

    /**
     * More was written than a key or value may have.
     */
    static final class LimitExceeded extends IndexOutOfBoundsException
    {
        private static final long serialVersionUID = 1L;

        LimitExceeded(final long end, final int limit)
        {
            super("write up to byte " + end + " of at most " + limit);
        }
    }
}
