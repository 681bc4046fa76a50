package io.peregrine.storage.map;

import io.peregrine.storage.memory.Generation;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.memory.PageTable;
import io.peregrine.storage.memory.SequenceLock;
import java.lang.ref.Reference;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads of one map from any thread, without a lock. One object serves all threads; it has no state of its own.
 * <p>
 * <b>Why a read is safe.</b> Three things together. (1) The sequence of the partition: the writer makes it odd around
 * each change, and what is freed, by a removal, a move, a clear, a drop of the partition, is freed after such a
 * change. So memory may be reused at once, by any partition of the same agent, and a reader still inside finds another
 * number at the end (see {@link SequenceLock}). (2) Until then it may hold garbage, so it follows nothing that it has
 * not clamped: a reference becomes a place through the page table, which knows no place outside a page; lengths are
 * cut against the size of the place; the number of probes and of chained segments is bounded. (3) Pages stay mapped
 * while a reader is inside: it holds the {@link Generation} that it found before it loaded any address. What it
 * returns has passed the check after the last byte was copied; a value is right or it is not returned.
 * <p>
 * A read is tried once in a quick way, then a bounded number of times with all that can be (see {@link PatientRead}).
 * Then, or when the entry is past its end and its expiry has to be decided first, the answer is {@link #ASK_WRITER}.
 * <p>
 * <b>Order.</b> A read that begins after a write was acknowledged sees it: the acknowledgement was made after the even
 * sequence was stored with release.
 */
public final class MapReader
{
    /**
     * There is no such entry.
     */
    public static final int ABSENT = -1;
    /**
     * Only the writer can tell: the record changed under every attempt, or it is past its end and has to be expired
     * first.
     */
    public static final int ASK_WRITER = -2;
    /**
     * The map was destroyed, or its partition was dropped, or the node closed.
     */
    public static final int DESTROYED = -3;

    /**
     * The entry has an expiry, or reads of the map leave traces, and no time was given.
     */
    public static final int TIME_NEEDED = -5;
    /**
     * The time that callers give who read a clock only when they must.
     */
    public static final long NO_TIME = Long.MIN_VALUE;

    static final int TOO_LONG = -16;
    static final int NO_COPY = -1;

    private static final int PLAIN_SHIFT = 48;
    private static final long EVEN = -2L;

    private final SequenceLock lock;
    private final PagePool pool;
    private final boolean isTraced;
    private volatile long[] places;
    /**
     * As {@link #places}; null where reads leave traces.
     */
    private volatile long[] quickPlaces;
    private final MapStore store;
    private final PatientRead patient;

    MapReader(final MapStore store, final MapSpace space)
    {
        this.store = store;
        this.pool = space.arena().pool();
        this.lock = space.lock();
        this.isTraced = store.is(MapStore.TRACED);
        this.patient = new PatientRead(this, space, isTraced);
        places(Directory.EMPTY.places);
    }

    /**
     * Is this a result that says: the value is there, and longer than the room given?
     *
     * @param result of {@code get}.
     * @return true if so.
     */
    public static boolean isTooLong(final int result)
    {
        return result <= TOO_LONG;
    }

    /**
     * The length of a value that did not fit.
     *
     * @param result of {@code get}, for which {@link #isTooLong(int)} holds.
     * @return bytes.
     */
    public static int requiredLength(final int result)
    {
        return TOO_LONG - result;
    }

    /**
     * Read a value if that can be done in one quick try; its cost is that of nearly every read.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes; its bytes are undefined after any other answer than a length.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @return length of the value, or {@link #ABSENT}; or {@link #ASK_WRITER}, which says nothing: {@code get} knows.
     */
    public int tryGet(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        Bytes.check(key, keyOffset, keyLength);
        return quick(
            MapStore.tag(hash), key.byteArray(), key.addressOffset() + keyOffset, keyLength, dst, dstOffset, dstLength);
    }

    /**
     * Read a value.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes; its bytes are undefined after any other answer than a length.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @param now       partition time, at least as late as any that was answered by before; or {@link #NO_TIME}.
     * @return length of the value (0 is a value), or {@link #ABSENT}, {@link #ASK_WRITER}, {@link #DESTROYED}, or too
     *         long; without a time, {@link #TIME_NEEDED} also.
     */
    public int get(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final long now)
    {
        final int result = tryGet(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
        return result != ASK_WRITER ? result :
            patiently(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, null);
    }

    /**
     * Read a value with version and expiry.
     *
     * @param hash      of the key.
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes.
     * @param dstOffset where.
     * @param dstLength room in bytes.
     * @param now       partition time.
     * @param meta      receives version and expiry when the result is a length or too long, or null.
     * @return as {@link #get(long, DirectBuffer, int, int, MutableDirectBuffer, int, int, long)}.
     */
    public int get(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        Bytes.check(key, keyOffset, keyLength);
        return patiently(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, meta);
    }

    /**
     * The length of a value, without the value; arguments as for a read, save that {@code meta} may be null.
     *
     * @return length, or {@link #ABSENT}, {@link #ASK_WRITER}, {@link #DESTROYED}.
     */
    public int find(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long now,
        final ReadMeta meta)
    {
        Bytes.check(key, keyOffset, keyLength);
        return patiently(hash, key, keyOffset, keyLength, null, 0, NO_COPY, now, meta);
    }

    /**
     * Entries of the map in this partition. Any thread.
     *
     * @return count, of a moment ago.
     */
    public long size()
    {
        return store.size();
    }

    /**
     * Was the map destroyed?
     *
     * @return true if every read will say so.
     */
    public boolean isDestroyed()
    {
        return places == null;
    }

    /**
     * Writer, under the lock: the segments from now on, or null when the map is destroyed.
     */
    void places(final long[] newPlaces)
    {
        quickPlaces = isTraced ? null : newPlaces;
        places = newPlaces;
    }

    long[] places()
    {
        return places;
    }

    private int patiently(
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        if (dst != null)
        {
            Bytes.check(dst, dstOffset, dstLength);
        }
        return patient.read(
            MapStore.tag(hash),
            key.byteArray(),
            key.addressOffset() + keyOffset,
            keyLength,
            dst == null ? null : dst.byteArray(),
            dst == null ? 0 : dst.addressOffset() + dstOffset,
            dstLength,
            now,
            meta);
    }

    /**
     * One try at what nearly every read is: a record without expiry, whole in one place, that nobody writes to, in a
     * segment without a chain, or none there, and no trace to leave. It has few instructions and few branches, all
     * likely: the processor then begins the next read while this one waits for memory. So what can be done while the
     * slot is on its way is done there, and not while the record is.
     * <p>
     * An odd sequence is no reason to stop: it is not the one looked for in the end.
     *
     * @return length, or {@link #ABSENT}, or {@link #ASK_WRITER}.
     */
    private int quick(
        final int tag,
        final byte[] keyBase,
        final long keyAt,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        final SequenceLock partition = lock;
        final Generation generation = pool.generation();
        final long sequence = partition.beginRead() & EVEN;
        final long[] segments = quickPlaces;
        final long[] pages = partition.pageTable();
        if (segments == null || generation == null)
        {
            return ASK_WRITER;
        }
        final long segment = Directory.place(segments, tag);
        final long slot = segment == 0 ? 0 : Segment.find(segment, tag);
        Bytes.check(dst, dstOffset, dstLength);
        final byte[] dstBase = dst.byteArray();
        final long dstAt = dst.addressOffset() + dstOffset;
        final long place = PageTable.locate(pages, (int) slot);
        int result = ASK_WRITER;
        if (place != 0)
        {
            result = take(place, keyBase, keyAt, keyLength, dstBase, dstAt, dstLength);
        }
        else if (slot == Segment.NO_SLOT)
        {
            result = ABSENT;
        }
        final boolean isValid = partition.isValid(sequence);
        Reference.reachabilityFence(generation);
        return isValid ? result : ASK_WRITER;
    }

    /**
     * Copy the value out of what may be the record.
     */
    private static int take(
        final long place,
        final byte[] keyBase,
        final long keyAt,
        final int keyLength,
        final byte[] dstBase,
        final long dstAt,
        final int dstLength)
    {
        final long record = PageTable.placeAddress(place);
        final long shape = RecordLayout.shape(record);
        final int valueLength = RecordLayout.valueLength(shape);
        final int valueOffset = RecordLayout.BASE_HEADER + keyLength;
        if (shape >>> PLAIN_SHIFT != keyLength || valueLength > dstLength ||
            valueOffset + valueLength > PageTable.placeSize(place) ||
            !Bytes.equal(record + RecordLayout.BASE_HEADER, keyBase, keyAt, keyLength))
        {
            return ASK_WRITER;
        }
        Bytes.copyOut(record + valueOffset, dstBase, dstAt, valueLength);
        return valueLength;
    }
}
