package io.peregrine.storage.map;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A look at one entry in place. Writer thread; valid until the next change of any map of the partition.
 */
public final class RecordView
{
    RecordView()
    {
    }

    /**
     * The map that the entry belongs to.
     *
     * @return id.
     */
    public int structureId()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The version of the entry.
     *
     * @return the number given when it was written.
     */
    public long version()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The time when it ends whatever happens.
     *
     * @return partition time, 0 for none.
     */
    public long deadline()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The longest time between two uses.
     *
     * @return nanoseconds, 0 for any.
     */
    public long maxIdle()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The last use that is in the log.
     *
     * @return partition time; 0 without a longest idle time.
     */
    public long touched()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The last use that readers have left a trace of, where it is later than {@link #touched()}. Traces are local to
     * this
     * copy, coarse, and never too early.
     *
     * @return partition time; 0 without a longest idle time.
     */
    public long traced()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The end that follows from deadline, longest idle time and last use in the log.
     *
     * @return partition time, {@link Long#MAX_VALUE} if never.
     */
    public long end()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Length of the key.
     *
     * @return bytes.
     */
    public int keyLength()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Length of the value.
     *
     * @return bytes.
     */
    public int valueLength()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The hash of the key.
     *
     * @return 64 bits, computed anew.
     */
    public long hash()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Copy the key out.
     *
     * @param dst    to write to.
     * @param offset where.
     * @return bytes written.
     */
    public int copyKey(final MutableDirectBuffer dst, final int offset)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Copy the value out.
     *
     * @param dst    to write to.
     * @param offset where.
     * @return bytes written.
     */
    public int copyValue(final MutableDirectBuffer dst, final int offset)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Copy a part of the value out.
     *
     * @param from   first byte of the value to copy.
     * @param dst    to write to.
     * @param offset where.
     * @param length how many bytes; within the value.
     */
    public void copyValue(final int from, final MutableDirectBuffer dst, final int offset, final int length)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Is the value equal to these bytes?
     *
     * @param other  buffer with the bytes.
     * @param offset where.
     * @param length how many.
     * @return true if length and bytes are the same.
     */
    public boolean valueEquals(final DirectBuffer other, final int offset, final int length)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The value as a number.
     *
     * @return 8 bytes, little endian; only when {@link #valueLength()} is 8.
     */
    public long valueLong()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * A hash over everything that replicas must agree on: key, value, version, deadline, longest idle time, last use.
     *
     * @return 64 bits; add them up for a digest that does not depend on order.
     */
    public long digest()
    {
        throw new UnsupportedOperationException();
    }
}
