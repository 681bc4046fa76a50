package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.Generation;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.memory.PageTable;
import io.peregrine.storage.memory.SequenceLock;
import java.lang.ref.Reference;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

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
 * A read is tried a bounded number of times. Then, or when the entry is past its end and its expiry has to be decided
 * first, the answer is {@link #ASK_WRITER}.
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

    private static final int TOO_LONG = -16;
    private static final int TORN = -4;
    private static final int MAX_TRIES = 64;
    private static final int MAX_CHAIN = 4096;
    private static final int NO_COPY = -1;

    private final MapStore store;
    private final MapSpace space;
    private final PagePool pool;
    private final Arena arena;
    private final SequenceLock lock;
    private final boolean isTraced;
    private volatile long[] places = Directory.EMPTY.places;

    MapReader(final MapStore store, final MapSpace space)
    {
        this.store = store;
        this.space = space;
        this.arena = space.arena();
        this.pool = arena.pool();
        this.lock = space.lock();
        this.isTraced = store.is(MapStore.TRACED);
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
        return get(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, null);
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
        Bytes.check(dst, dstOffset, dstLength);
        return read(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, meta);
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
        return read(hash, key, keyOffset, keyLength, null, 0, NO_COPY, now, meta);
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

    private int read(
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
        if (isTraced && now == NO_TIME)
        {
            return TIME_NEEDED;
        }
        final Generation generation = pool.generation();
        final int tag = MapStore.tag(hash);
        final Object keyBase = key.byteArray();
        final long keyAt = key.addressOffset() + keyOffset;
        final Object dstBase = dst == null ? null : dst.byteArray();
        final long dstAt = dst == null ? 0 : dst.addressOffset() + dstOffset;
        int result = TORN;
        for (int tries = 0; result == TORN; tries++)
        {
            final long sequence = lock.beginRead();
            final long[] segments = places;
            if (segments == null || generation == null)
            {
                result = DESTROYED;
            }
            else if ((sequence & 1) == 0)
            {
                final long record = probe(segments, tag, keyBase, keyAt, keyLength);
                final int found =
                    record <= 0 ? (int) record : extract(record, keyLength, dstBase, dstAt, dstLength, now, meta);
                result = lock.isValid(sequence) ? found : TORN;
            }
            if (result == TORN)
            {
                result = tries < MAX_TRIES ? TORN : ASK_WRITER;
                Thread.onSpinWait();
            }
        }
        Reference.reachabilityFence(generation);
        if (isTraced && (result >= 0 || isTooLong(result)))
        {
            space.trace().note(tag, now);
        }
        return result;
    }

    /**
     * Writer, under the lock: the segments from now on, or null when the map is destroyed.
     */
    void places(final long[] newPlaces)
    {
        places = newPlaces;
    }

    /**
     * @return place of the record, or {@link #ABSENT} or {@link #TORN}.
     */
    private long probe(
        final long[] segments, final int tag, final Object keyBase, final long keyAt, final int keyLength)
    {
        final long[] pages = arena.pageTable();
        long place = Directory.place(segments, tag);
        for (int chain = 0; place != 0; chain++)
        {
            final long segment = PageTable.placeAddress(place);
            final int capacity = Segment.capacity(PageTable.placeSize(place));
            int i = Segment.home(tag, capacity);
            for (int left = capacity; left > 0; left--)
            {
                final long slot = UnsafeApi.getLong(Segment.slotAddress(segment, i));
                if (slot == 0)
                {
                    break;
                }
                if (Segment.tag(slot) == tag)
                {
                    final long record = match(PageTable.locate(pages, (int) slot), keyBase, keyAt, keyLength);
                    if (record != ABSENT)
                    {
                        return record;
                    }
                }
                i = i + 1 == capacity ? 0 : i + 1;
            }
            final int next = Segment.next(segment);
            if (next == 0)
            {
                break;
            }
            place = PageTable.locate(pages, next);
            if (place == 0 || chain == MAX_CHAIN)
            {
                return TORN;
            }
        }
        return ABSENT;
    }

    private static long match(final long place, final Object keyBase, final long keyAt, final int keyLength)
    {
        if (place == 0)
        {
            return TORN;
        }
        final long record = PageTable.placeAddress(place);
        final long shape = RecordLayout.shape(record);
        if (RecordLayout.keyLength(shape) != keyLength)
        {
            return ABSENT;
        }
        final int header = RecordLayout.headerLength(RecordLayout.flags(shape));
        if (header + keyLength > PageTable.placeSize(place))
        {
            return TORN;
        }
        return Bytes.equal(record + header, keyBase, keyAt, keyLength) ? place : ABSENT;
    }

    private int extract(
        final long place,
        final int keyLength,
        final Object dstBase,
        final long dstAt,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        final long record = PageTable.placeAddress(place);
        final long shape = RecordLayout.shape(record);
        final int flags = RecordLayout.flags(shape);
        final int valueLength = RecordLayout.valueLength(shape);
        if (flags != 0 || meta != null)
        {
            return extractWhole(place, shape, dstBase, dstAt, dstLength, now, meta);
        }
        final int valueOffset = RecordLayout.BASE_HEADER + keyLength;
        if (valueOffset + valueLength > PageTable.placeSize(place))
        {
            return TORN;
        }
        if (dstLength < valueLength)
        {
            return dstLength == NO_COPY ? valueLength : TOO_LONG - valueLength;
        }
        Bytes.copyOut(record + valueOffset, dstBase, dstAt, valueLength);
        return valueLength;
    }

    /**
     * As {@code extract}, for records with expiry or chunks, and for callers who want more than the value.
     */
    private int extractWhole(
        final long place,
        final long shape,
        final Object dstBase,
        final long dstAt,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        final long record = PageTable.placeAddress(place);
        final int flags = RecordLayout.flags(shape);
        final int keyLength = RecordLayout.keyLength(shape);
        final int valueLength = RecordLayout.valueLength(shape);
        if (RecordLayout.size(keyLength, valueLength, flags) > PageTable.placeSize(place))
        {
            return TORN;
        }
        final long end = RecordLayout.end(record, flags);
        if (end <= now)
        {
            return ASK_WRITER;
        }
        if (now == NO_TIME && end != Long.MAX_VALUE)
        {
            return TIME_NEEDED;
        }
        if (meta != null)
        {
            meta.version = RecordLayout.version(record);
            meta.deadline = RecordLayout.deadline(record, flags);
            meta.maxIdle = RecordLayout.maxIdle(record, flags);
            meta.end = end;
        }
        if (dstLength < valueLength)
        {
            return dstLength == NO_COPY ? valueLength : TOO_LONG - valueLength;
        }
        if (RecordLayout.isChunked(shape))
        {
            final long list = RecordLayout.listAddress(record, shape);
            return Chunks.read(arena.pageTable(), list, valueLength, 0, valueLength, dstBase, dstAt) ?
                valueLength : TORN;
        }
        Bytes.copyOut(RecordLayout.valueAddress(record, shape), dstBase, dstAt, valueLength);
        return valueLength;
    }
}
