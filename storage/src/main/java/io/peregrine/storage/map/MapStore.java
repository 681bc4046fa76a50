package io.peregrine.storage.map;

import org.agrona.DirectBuffer;

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

    MapStore()
    {
    }

    /**
     * The id given at creation.
     *
     * @return id.
     */
    public int structureId()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Entries. Any thread.
     *
     * @return count, of a moment ago on other threads than the writer's.
     */
    public long size()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * For reads on any thread. Any thread.
     *
     * @return always the same object.
     */
    public MapReader reader()
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Look at an entry.
     *
     * @param handle of {@link #find}.
     * @return a flyweight that belongs to the partition: the next wrap moves it.
     */
    public RecordView wrap(final long handle)
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Insert or overwrite a number, 8 bytes little endian. Memory must have been reserved.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param value     to store.
     * @param version   of the entry.
     * @param expiry    of the entry, or null for none.
     */
    public void putLong(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long value,
        final long version,
        final Expiry expiry)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Overwrite the value of an entry in place, 8 bytes by 8 bytes; its expiry stays. Needs no memory.
     *
     * @param handle  of {@link #find}, of an entry whose value has 8 bytes.
     * @param value   to store, little endian.
     * @param version of the entry from now on.
     */
    public void setLong(final long handle, final long value, final long version)
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Note a use of an entry that has a longest idle time; does nothing for others. Needs no memory.
     *
     * @param handle of {@link #find}.
     * @param time   of the use, partition time; an earlier one than known changes nothing.
     */
    public void touch(final long handle, final long time)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Remove all entries at once. Constant time: memory comes back by {@link MapSpace#reclaim}.
     */
    public void clear()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Visit entries in the order of the unsigned hash of their keys. An entry that is there for the whole scan is
     * visited,
     * whatever happens in between, on this copy or another. Entries with the same 64-bit hash are visited together.
     *
     * @param cursor     0 to begin, then what the last call returned.
     * @param maxEntries the most to visit in this call, at least 1; bounds the work too.
     * @param consumer   of the entries; must not change the partition.
     * @return where to continue, or {@link #SCAN_END}.
     */
    public long scan(final long cursor, final int maxEntries, final RecordConsumer consumer)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The cursor after the last entry.
     */
    public static final long SCAN_END = -1L;
}
