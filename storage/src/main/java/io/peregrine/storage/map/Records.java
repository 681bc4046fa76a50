package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.SizeClasses;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Makes records and frees them. Writer thread, outside the lock: a record is complete before it is published.
 */
final class Records
{
    private static final int WASTE_SHIFT = 3;

    private final Arena arena;
    private final DeadlineWheel wheel;

    Records(final Arena arena, final DeadlineWheel wheel)
    {
        this.arena = arena;
        this.wheel = wheel;
    }

    int create(
        final int structureId,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final DirectBuffer value,
        final int valueOffset,
        final int valueLength,
        final long version,
        final Expiry expiry)
    {
        final int flags = RecordLayout.flags(keyLength, valueLength, expiry);
        final int ref = arena.allocate(Arena.RECORD, RecordLayout.size(keyLength, valueLength, flags));
        final long record = arena.address(ref);
        final long shape = RecordLayout.shape(structureId, keyLength, valueLength, flags);
        UnsafeApi.putLong(record + RecordLayout.VERSION, version);
        UnsafeApi.putLong(record + RecordLayout.SHAPE, shape);
        RecordLayout.writeExpiry(record, flags, expiry);
        final long at = record + RecordLayout.headerLength(flags);
        Bytes.copyIn(key.byteArray(), key.addressOffset() + keyOffset, at, keyLength);
        final byte[] base = value.byteArray();
        final long offset = value.addressOffset() + valueOffset;
        if ((flags & RecordLayout.CHUNKED) == 0)
        {
            Bytes.copyIn(base, offset, at + keyLength, valueLength);
        }
        else
        {
            Chunks.write(arena, ref, RecordLayout.listAddress(record, shape), valueLength, base, offset);
        }
        if ((flags & RecordLayout.EXPIRES) != 0)
        {
            wheel.link(ref, record);
        }
        return ref;
    }

    /**
     * The same key and value with another expiry, in another record; chunks are handed over, so the old record is to
     * be freed by {@link #freeHead}.
     */
    int withExpiry(final int oldRef, final Expiry expiry, final long version)
    {
        final long old = arena.address(oldRef);
        final long oldShape = RecordLayout.shape(old);
        final int keyLength = RecordLayout.keyLength(oldShape);
        final int valueLength = RecordLayout.valueLength(oldShape);
        final int flags = RecordLayout.flags(keyLength, valueLength, expiry);
        final int ref = arena.allocate(Arena.RECORD, RecordLayout.size(keyLength, valueLength, flags));
        final long record = arena.address(ref);
        final long shape =
            RecordLayout.shape(RecordLayout.structureId(oldShape), keyLength, valueLength, flags);
        UnsafeApi.putLong(record + RecordLayout.VERSION, version);
        UnsafeApi.putLong(record + RecordLayout.SHAPE, shape);
        RecordLayout.writeExpiry(record, flags, expiry);
        UnsafeApi.copyMemory(
            RecordLayout.keyAddress(old, oldShape),
            record + RecordLayout.headerLength(flags),
            RecordLayout.payloadLength(keyLength, valueLength, flags));
        if (RecordLayout.isChunked(shape))
        {
            Chunks.own(arena, ref, RecordLayout.listAddress(record, shape), valueLength);
        }
        if ((flags & RecordLayout.EXPIRES) != 0)
        {
            wheel.link(ref, record);
        }
        return ref;
    }

    /**
     * Can the value and expiry of a record be replaced where it is, without waste?
     */
    boolean isInPlace(final int ref, final long shape, final int valueLength, final Expiry expiry)
    {
        if (valueLength == RecordLayout.valueLength(shape) &&
            RecordLayout.flags(shape) == RecordLayout.expiryFlags(expiry))
        {
            return true;
        }
        final int keyLength = RecordLayout.keyLength(shape);
        final int flags = RecordLayout.flags(keyLength, valueLength, expiry);
        if (flags != RecordLayout.flags(shape) || (flags & RecordLayout.CHUNKED) != 0)
        {
            return false;
        }
        final int size = RecordLayout.size(keyLength, valueLength, flags);
        final int room = arena.objectSize(ref);
        return size <= room && (room - size <= room >>> WASTE_SHIFT || SizeClasses.rounded(size) == room);
    }

    /**
     * Replace value and expiry of a record where it is. Under the lock.
     */
    void overwrite(
        final int ref,
        final DirectBuffer value,
        final int valueOffset,
        final int valueLength,
        final long version,
        final Expiry expiry)
    {
        final long record = arena.address(ref);
        final long shape = RecordLayout.shape(record);
        final int keyLength = RecordLayout.keyLength(shape);
        final int flags = RecordLayout.flags(shape);
        final long newShape =
            RecordLayout.shape(RecordLayout.structureId(shape), keyLength, valueLength, flags);
        UnsafeApi.putLong(record + RecordLayout.VERSION, version);
        UnsafeApi.putLong(record + RecordLayout.SHAPE, newShape);
        if ((flags & RecordLayout.EXPIRES) != 0)
        {
            setExpiry(ref, record, flags, expiry);
        }
        Bytes.copyIn(
            value.byteArray(),
            value.addressOffset() + valueOffset,
            RecordLayout.valueAddress(record, newShape),
            valueLength);
    }

    /**
     * Replace the expiry of a record that has room for it. Under the lock.
     */
    void setExpiry(final int ref, final long record, final int flags, final Expiry expiry)
    {
        wheel.unlink(ref, record);
        RecordLayout.writeExpiry(record, flags, expiry);
        wheel.link(ref, record);
    }

    /**
     * Note the last use of a record that has a longest idle time. Under the lock.
     */
    void touch(final int ref, final long record, final long time)
    {
        wheel.unlink(ref, record);
        UnsafeApi.putLong(record + RecordLayout.TOUCHED, time);
        wheel.link(ref, record);
    }

    /**
     * Free a record and its chunks. It was unlinked from the index under the lock.
     *
     * @return objects freed.
     */
    int free(final int ref)
    {
        final long record = arena.address(ref);
        final long shape = RecordLayout.shape(record);
        int freed = 1;
        if (RecordLayout.isChunked(shape))
        {
            final int valueLength = RecordLayout.valueLength(shape);
            Chunks.free(arena, RecordLayout.listAddress(record, shape), valueLength);
            freed += Chunks.count(valueLength);
        }
        freeHead(ref);
        return freed;
    }

    /**
     * Free a record, but not its chunks.
     */
    void freeHead(final int ref)
    {
        final long record = arena.address(ref);
        if ((RecordLayout.flags(RecordLayout.shape(record)) & RecordLayout.EXPIRES) != 0)
        {
            wheel.unlink(ref, record);
        }
        arena.free(ref);
    }

    /**
     * Copy a record to another place of the same size. The caller publishes it, then frees the old place by {@link
     * Arena#free}.
     */
    void copy(final int from, final int to)
    {
        final long record = arena.address(to);
        UnsafeApi.copyMemory(arena.address(from), record, arena.objectSize(from));
    }

    /**
     * What points to a copied record, other than the index, points to the copy from now on.
     */
    void moved(final int from, final int to)
    {
        final long record = arena.address(to);
        final long shape = RecordLayout.shape(record);
        if ((RecordLayout.flags(shape) & RecordLayout.EXPIRES) != 0)
        {
            wheel.moved(from, to, record);
        }
        if (RecordLayout.isChunked(shape))
        {
            Chunks.own(arena, to, RecordLayout.listAddress(record, shape), RecordLayout.valueLength(shape));
        }
    }
}
