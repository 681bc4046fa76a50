package io.peregrine.storage.lock;

import java.nio.ByteOrder;

import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who holds a lock, as it was when it was looked at. Data agent's thread.
 */
public final class LockView
{
    /**
     * The bytes of the value of a record: two numbers, of a lock session and number of the holder.
     */
    public static final int VALUE_LENGTH = 2 * Long.BYTES;

    final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private final MapStore map;
    private long fence;
    private long end;

    LockView(final MapStore map)
    {
        this.map = map;
    }

    /**
     * Look at a lock.
     *
     * @param hash   of its name.
     * @param name   buffer with the name.
     * @param offset where.
     * @param length bytes.
     * @return false if nobody holds it.
     */
    public boolean look(final long hash, final DirectBuffer name, final int offset, final int length)
    {
        final long handle = map.find(hash, name, offset, length);
        if (handle != 0)
        {
            wrap(map.wrap(handle));
        }
        return handle != 0;
    }

    /**
     * Look at the record of a lock.
     *
     * @param record of the map of locks.
     */
    public void wrap(final RecordView record)
    {
        record.copyValue(value, 0);
        fence = record.version();
        end = record.deadline();
    }

    void set(final long newFirst, final long newSecond)
    {
        value.putLong(0, newFirst, ByteOrder.LITTLE_ENDIAN);
        value.putLong(Long.BYTES, newSecond, ByteOrder.LITTLE_ENDIAN);
    }

    private long first()
    {
        return value.getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    private long second()
    {
        return value.getLong(Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The number that a semaphore or a latch was named with.
     *
     * @return permits, or count.
     */
    public int total()
    {
        return (int) first();
    }

    /**
     * What is not taken of a semaphore, or left to count of a latch.
     *
     * @return permits, or count.
     */
    public int left()
    {
        return (int) second();
    }

    /**
     * Session of the holder.
     *
     * @return id, 0 if the lock is not bound to one.
     */
    public long session()
    {
        return first();
    }

    /**
     * Number of the holder.
     *
     * @return as it named itself.
     */
    public long holder()
    {
        return second();
    }

    /**
     * Fence of the holder.
     *
     * @return sequence.
     */
    public long fence()
    {
        return fence;
    }

    /**
     * End of the lease.
     *
     * @return partition time.
     */
    public long end()
    {
        return end;
    }

    /**
     * Is this one the holder by its name, whatever the fence?
     *
     * @param call with session and holder.
     * @return true if so.
     */
    public boolean isNamed(final LockCall call)
    {
        final long session = session();
        return holder() == call.holder && (session == call.session || session == 0);
    }
}
