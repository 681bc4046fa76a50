package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A look at one entry in place. Writer thread; valid until the next change of any map of the partition.
 */
public final class RecordView
{
    private static final int WINDOW = 128;

    private final MapSpace space;
    private final Arena arena;
    private final KeyHasher hasher;
    private final UnsafeBuffer keyView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer window = new UnsafeBuffer(new byte[WINDOW]);
    private int ref;
    private long record;
    private long shape;

    RecordView(final MapSpace space, final KeyHasher hasher)
    {
        this.space = space;
        this.arena = space.arena();
        this.hasher = hasher;
    }

    RecordView wrap(final int recordRef)
    {
        ref = recordRef;
        record = arena.address(recordRef);
        shape = RecordLayout.shape(record);
        return this;
    }

    int ref()
    {
        return ref;
    }

    private int flags()
    {
        return RecordLayout.flags(shape);
    }

    /**
     * The map that the entry belongs to.
     *
     * @return id.
     */
    public int structureId()
    {
        return RecordLayout.structureId(shape);
    }

    /**
     * The version of the entry.
     *
     * @return the number given when it was written.
     */
    public long version()
    {
        return RecordLayout.version(record);
    }

    /**
     * The time when it ends whatever happens.
     *
     * @return partition time, 0 for none.
     */
    public long deadline()
    {
        return RecordLayout.deadline(record, flags());
    }

    /**
     * The longest time between two uses.
     *
     * @return nanoseconds, 0 for any.
     */
    public long maxIdle()
    {
        return RecordLayout.maxIdle(record, flags());
    }

    /**
     * The last use that is in the log.
     *
     * @return partition time; 0 without a longest idle time.
     */
    public long touched()
    {
        return RecordLayout.touched(record, flags());
    }

    /**
     * The last use that readers have left a trace of, where it is later than {@link #touched()}. Traces are local to
     * this copy, coarse, and never too early.
     *
     * @return partition time; 0 without a longest idle time.
     */
    public long traced()
    {
        return maxIdle() == 0 ? 0 : space.lastUse(structureId(), MapStore.tag(hash()), touched());
    }

    /**
     * The end that follows from deadline, longest idle time and last use in the log.
     *
     * @return partition time, {@link Long#MAX_VALUE} if never.
     */
    public long end()
    {
        return RecordLayout.end(record, flags());
    }

    /**
     * Length of the key.
     *
     * @return bytes.
     */
    public int keyLength()
    {
        return RecordLayout.keyLength(shape);
    }

    /**
     * Length of the value.
     *
     * @return bytes.
     */
    public int valueLength()
    {
        return RecordLayout.valueLength(shape);
    }

    /**
     * The hash of the key.
     *
     * @return 64 bits, computed anew.
     */
    public long hash()
    {
        keyView.wrap(RecordLayout.keyAddress(record, shape), keyLength());
        return hasher.hash(keyView, 0, keyLength());
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
        final int length = keyLength();
        Bytes.check(dst, offset, length);
        UnsafeApi.copyMemory(
            null, RecordLayout.keyAddress(record, shape), dst.byteArray(), dst.addressOffset() + offset, length);
        return length;
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
        copyValue(0, dst, offset, valueLength());
        return valueLength();
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
        if (from < 0 || length < 0 || from > valueLength() - length)
        {
            throw new IndexOutOfBoundsException("from=" + from + " length=" + length + " of " + valueLength());
        }
        Bytes.check(dst, offset, length);
        final Object base = dst.byteArray();
        final long at = dst.addressOffset() + offset;
        if (RecordLayout.isChunked(shape))
        {
            final long list = RecordLayout.listAddress(record, shape);
            final boolean isRead =
                Chunks.read(space.lock().pageTable(), list, valueLength(), from, length, base, at);
            assert isRead : "chunks of a live record are in place";
        }
        else
        {
            UnsafeApi.copyMemory(null, RecordLayout.valueAddress(record, shape) + from, base, at, length);
        }
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
        if (length != valueLength())
        {
            return false;
        }
        Bytes.check(other, offset, length);
        final byte[] base = other.byteArray();
        final long at = other.addressOffset() + offset;
        if (!RecordLayout.isChunked(shape))
        {
            return Bytes.equal(RecordLayout.valueAddress(record, shape), base, at, length);
        }
        for (int from = 0; from < length; from += WINDOW)
        {
            final int part = Math.min(WINDOW, length - from);
            copyValue(from, window, 0, part);
            if (!Bytes.equal(base, at + from, window.byteArray(), window.addressOffset(), part))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * The value as a number.
     *
     * @return 8 bytes, little endian; only when {@link #valueLength()} is 8.
     */
    public long valueLong()
    {
        if (valueLength() != Long.BYTES)
        {
            throw new IllegalStateException("not a number of 8 bytes: the value has " + valueLength());
        }
        return Bytes.littleEndian(UnsafeApi.getLong(RecordLayout.valueAddress(record, shape)));
    }

    /**
     * A hash over everything that replicas must agree on: key, value, version, deadline, longest idle time, last use.
     *
     * @return 64 bits; add them up for a digest that does not depend on order.
     */
    public long digest()
    {
        long digest = Digest.mix(Digest.mix(version(), deadline()), Digest.mix(maxIdle(), touched()));
        digest = Digest.mix(digest, ((long) keyLength() << Integer.SIZE) | valueLength());
        keyView.wrap(RecordLayout.keyAddress(record, shape), keyLength());
        digest = Digest.bytes(digest, keyView, keyLength());
        for (int from = 0; from < valueLength(); from += WINDOW)
        {
            final int part = Math.min(WINDOW, valueLength() - from);
            copyValue(from, window, 0, part);
            digest = Digest.bytes(digest, window, part);
        }
        return digest;
    }
}
