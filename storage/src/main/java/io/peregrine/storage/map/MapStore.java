package io.peregrine.storage.map;

import io.peregrine.storage.memory.SequenceLock;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * One map of one partition. Writer thread, except {@link #size()} and {@link #reader()}.
 */
public final class MapStore
{
    /**
     * The trait of a map whose entries may be evicted.
     */
    public static final int EVICTABLE = 1;
    /**
     * The trait of a map whose reads leave traces, for idle times or for a better choice of what to evict.
     */
    public static final int TRACED = 2;
    /**
     * The longest key in bytes.
     */
    public static final int MAX_KEY_LENGTH = 4096;
    /**
     * The longest value in bytes.
     */
    public static final int MAX_VALUE_LENGTH = (1 << 24) - 1;
    /**
     * The highest structure id; the lowest is 1.
     */
    public static final int MAX_STRUCTURE_ID = (1 << 24) - 1;
    /**
     * The cursor after the last entry.
     */
    public static final long SCAN_END = -1L;

    private final MapSpace space;
    private final int structureId;
    private final int traits;
    private final HashIndex index;
    private final MapReader reader;
    private final AtomicLong size = new AtomicLong();

    MapStore(final MapSpace space, final int structureId, final int traits)
    {
        this.space = space;
        this.structureId = structureId;
        this.traits = traits;
        this.reader = new MapReader(this, space);
        this.index = new HashIndex(space.arena(), space.growth(), reader, structureId);
    }

    /**
     * @return the id given at creation.
     */
    public int structureId()
    {
        return structureId;
    }

    /**
     * @return count of entries; of a moment ago on other threads than the writer's. Any thread.
     */
    public long size()
    {
        return size.getOpaque();
    }

    /**
     * @return for reads on any thread, always the same object. Any thread.
     */
    public MapReader reader()
    {
        return reader;
    }

    /**
     * Find an entry.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @return a handle, positive, valid until the next change of any map of the partition; 0 if there is none.
     */
    public long find(final long hash, final DirectBuffer key, final int keyOffset, final int keyLength)
    {
        final long slot =
            index.findSlot(tag(hash), key.byteArray(), key.addressOffset() + keyOffset, keyLength);
        return slot == 0 ? 0 : (int) UnsafeApi.getLong(slot);
    }

    /**
     * @param handle of {@link #find}.
     * @return a look at the entry: a flyweight that belongs to the partition, the next wrap moves it.
     */
    public RecordView wrap(final long handle)
    {
        return space.view((int) handle);
    }

    /**
     * Leave the trace of a read on the writer's thread, where reads of the map leave them.
     *
     * @param hash of the key.
     * @param now  partition time.
     */
    public void noteRead(final long hash, final long now)
    {
        if (is(TRACED))
        {
            space.trace().note(tag(hash), now);
        }
    }

    /**
     * Insert or overwrite. Memory must have been reserved; see {@link MapSpace#pagesFor}.
     *
     * @param hash        of the key.
     * @param key         buffer with the key.
     * @param keyOffset   where.
     * @param keyLength   bytes, at most {@link #MAX_KEY_LENGTH}.
     * @param value       buffer with the value.
     * @param valueOffset where.
     * @param valueLength bytes, at most {@link #MAX_VALUE_LENGTH}.
     * @param version     of the entry, not negative.
     * @param expiry      of the entry, or null for none; an earlier one is replaced.
     */
    public void put(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final DirectBuffer value,
        final int valueOffset,
        final int valueLength,
        final long version,
        final Expiry expiry)
    {
        RecordLayout.check(keyLength, valueLength, version);
        Bytes.check(key, keyOffset, keyLength);
        final int tag = tag(hash);
        final long slot = index.findSlot(tag, key.byteArray(), key.addressOffset() + keyOffset, keyLength);
        final int old = slot == 0 ? 0 : (int) UnsafeApi.getLong(slot);
        if (old != 0 && overwrite(old, hash, value, valueOffset, valueLength, version, expiry))
        {
            return;
        }
        Bytes.check(value, valueOffset, valueLength);
        final int fresh = space.records().create(structureId,
            key, keyOffset, keyLength, value, valueOffset, valueLength, version, expiry);
        if (old != 0)
        {
            publish(slot, tag, fresh);
            space.records().free(old);
        }
        else
        {
            index.ensureRoom(tag);
            space.lock().beginWrite();
            index.insert(tag, fresh);
            space.lock().endWrite();
            resize(1);
        }
        space.written(this, tag);
    }

    /**
     * Overwrite an entry whose value and expiry have room where they are. Needs no memory, and no look for the key.
     *
     * @param handle      of {@link #find}, of an entry that is there.
     * @param hash        of its key.
     * @param value       buffer with the value.
     * @param valueOffset where.
     * @param valueLength bytes, at most {@link #MAX_VALUE_LENGTH}.
     * @param version     of the entry, not negative.
     * @param expiry      of the entry, or null for none; an earlier one is replaced.
     * @return false if there is no room: nothing has changed, and it has to be put.
     */
    public boolean overwrite(
        final long handle,
        final long hash,
        final DirectBuffer value,
        final int valueOffset,
        final int valueLength,
        final long version,
        final Expiry expiry)
    {
        RecordLayout.check(0, valueLength, version);
        Bytes.check(value, valueOffset, valueLength);
        final Records records = space.records();
        final int ref = (int) handle;
        if (!records.isInPlace(ref, RecordLayout.shape(space.arena().address(ref)), valueLength, expiry))
        {
            return false;
        }
        final SequenceLock lock = space.lock();
        lock.beginWrite();
        records.overwrite(ref, value, valueOffset, valueLength, version, expiry);
        lock.endWrite();
        space.written(this, tag(hash));
        return true;
    }

    /**
     * Overwrite a value of 8 bytes in place; its expiry stays. Needs no memory.
     *
     * @param handle  of {@link #find}, of an entry whose value has 8 bytes.
     * @param value   to store, little endian.
     * @param version of the entry from now on.
     */
    public void setLong(final long handle, final long value, final long version)
    {
        final long record = space.arena().address((int) handle);
        final long shape = RecordLayout.shape(record);
        if (RecordLayout.valueLength(shape) != Long.BYTES)
        {
            throw new IllegalArgumentException(
                "not a number of 8 bytes: the value has " + RecordLayout.valueLength(shape));
        }
        space.lock().beginWrite();
        UnsafeApi.putLong(record + RecordLayout.VERSION, version);
        UnsafeApi.putLong(RecordLayout.valueAddress(record, shape), Bytes.littleEndian(value));
        space.lock().endWrite();
    }

    /**
     * Remove an entry.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @return false if there was none.
     */
    public boolean remove(final long hash, final DirectBuffer key, final int keyOffset, final int keyLength)
    {
        final int tag = tag(hash);
        final long slot = index.findSlot(tag, key.byteArray(), key.addressOffset() + keyOffset, keyLength);
        if (slot == 0)
        {
            return false;
        }
        removeFound(slot);
        return true;
    }

    /**
     * Replace the expiry of an entry. May move the record: memory as for a put of the same lengths must have been
     * reserved.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param expiry    from now on.
     * @param version   of the entry from now on.
     * @return false if there is no such entry.
     */
    public boolean setExpiry(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final Expiry expiry,
        final long version)
    {
        final int tag = tag(hash);
        final long slot = index.findSlot(tag, key.byteArray(), key.addressOffset() + keyOffset, keyLength);
        if (slot == 0)
        {
            return false;
        }
        final Records records = space.records();
        final int ref = (int) UnsafeApi.getLong(slot);
        final long record = space.arena().address(ref);
        final int flags = RecordLayout.flags(RecordLayout.shape(record));
        if ((flags & ~RecordLayout.CHUNKED) == RecordLayout.expiryFlags(expiry))
        {
            space.lock().beginWrite();
            UnsafeApi.putLong(record + RecordLayout.VERSION, version);
            if ((flags & RecordLayout.EXPIRES) != 0)
            {
                records.setExpiry(ref, record, flags, expiry);
            }
            space.lock().endWrite();
        }
        else
        {
            publish(slot, tag, records.withExpiry(ref, expiry, version));
            records.freeHead(ref);
        }
        return true;
    }

    /**
     * Note a use of an entry that has a longest idle time; does nothing for others. Needs no memory.
     *
     * @param handle of {@link #find}.
     * @param time   of the use, partition time; an earlier one than known changes nothing.
     */
    public void touch(final long handle, final long time)
    {
        final long record = space.arena().address((int) handle);
        final int flags = RecordLayout.flags(RecordLayout.shape(record));
        if ((flags & RecordLayout.IDLE) != 0 && time > RecordLayout.touched(record, flags))
        {
            space.lock().beginWrite();
            space.records().touch((int) handle, record, time);
            space.lock().endWrite();
        }
    }

    /**
     * Remove all entries at once. Constant time: memory comes back by {@link MapSpace#reclaim}.
     */
    public void clear()
    {
        detach(Directory.EMPTY);
    }

    /**
     * Visit entries in the order of the unsigned hash of their keys. An entry that is there for the whole scan is
     * visited, whatever happens in between, on this copy or another. Entries with the same 64-bit hash are visited
     * together.
     *
     * @param cursor     0 to begin, then what the last call returned.
     * @param maxEntries the most to visit in this call, at least 1; bounds the work too.
     * @param consumer   of the entries; must not change the partition.
     * @return where to continue, or {@link #SCAN_END}.
     */
    public long scan(final long cursor, final int maxEntries, final RecordConsumer consumer)
    {
        return space.scanner().scan(index, cursor, maxEntries, consumer);
    }

    static int tag(final long hash)
    {
        return (int) (hash >>> Integer.SIZE);
    }

    HashIndex index()
    {
        return index;
    }

    boolean is(final int trait)
    {
        return (traits & trait) != 0;
    }

    /**
     * Remove the entry that the index has just found. When it was the last of a map that has grown, its index goes
     * too.
     */
    void removeFound(final long slot)
    {
        final int ref = (int) UnsafeApi.getLong(slot);
        space.lock().beginWrite();
        index.removeFound(slot);
        space.lock().endWrite();
        space.records().free(ref);
        resize(-1);
        if (size.getPlain() == 0 && index.directory().bits > 0)
        {
            detach(Directory.EMPTY);
        }
        else
        {
            index.shrink();
        }
    }

    /**
     * Take all entries from the readers' sight at once.
     */
    void detach(final Directory successor)
    {
        space.lock().beginWrite();
        final Directory old = index.detach(successor);
        space.lock().endWrite();
        resize(-size.getPlain());
        space.reclaimLater(old);
    }

    private void publish(final long slot, final int tag, final int ref)
    {
        space.lock().beginWrite();
        UnsafeApi.putLong(slot, Segment.slot(tag, ref));
        space.lock().endWrite();
    }

    private void resize(final long change)
    {
        size.setOpaque(size.getPlain() + change);
        space.resized(change);
    }
}
