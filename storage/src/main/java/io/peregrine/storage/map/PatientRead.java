package io.peregrine.storage.map;

import io.peregrine.storage.memory.Generation;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.memory.PageTable;
import io.peregrine.storage.memory.SequenceLock;
import java.lang.ref.Reference;
import org.agrona.UnsafeApi;

/**
 * The reads of a map that are not over at the first quick look: beside a writer, of records with expiry or chunks,
 * through chained segments, into too little room, with version and expiry asked for. Any thread. Why it is safe is said
 * in {@link MapReader}.
 */
final class PatientRead
{
    private static final int TORN = -4;
    private static final int MAX_TRIES = 64;
    private static final int MAX_CHAIN = 4096;

    private final MapReader reader;
    private final MapSpace space;
    private final PagePool pool;
    private final SequenceLock lock;
    private final boolean isTraced;

    PatientRead(final MapReader reader, final MapSpace space, final boolean isTraced)
    {
        this.reader = reader;
        this.space = space;
        this.pool = space.arena().pool();
        this.lock = space.lock();
        this.isTraced = isTraced;
    }

    /**
     * As {@code MapReader.get}, with bounds checked before.
     */
    int read(
        final int tag,
        final byte[] keyBase,
        final long keyAt,
        final int keyLength,
        final byte[] dstBase,
        final long dstAt,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        if (isTraced && now == MapReader.NO_TIME)
        {
            return MapReader.TIME_NEEDED;
        }
        final Generation generation = pool.generation();
        int result = TORN;
        for (int tries = 0; result == TORN; tries++)
        {
            final long sequence = lock.beginRead();
            final long[] segments = reader.places();
            if (segments == null || generation == null)
            {
                result = MapReader.DESTROYED;
            }
            else if ((sequence & 1) == 0)
            {
                final long[] pages = lock.pageTable();
                final long record = probe(pages, segments, tag, keyBase, keyAt, keyLength);
                final int found =
                    record <= 0 ? (int) record : extract(pages, record, dstBase, dstAt, dstLength, now, meta);
                result = lock.isValid(sequence) ? found : TORN;
            }
            if (result == TORN)
            {
                result = tries < MAX_TRIES ? TORN : MapReader.ASK_WRITER;
                Thread.onSpinWait();
            }
        }
        Reference.reachabilityFence(generation);
        if (isTraced && (result >= 0 || MapReader.isTooLong(result)))
        {
            space.trace().note(tag, now);
        }
        return result;
    }

    /**
     * @return place of the record, or {@link MapReader#ABSENT} or {@link #TORN}.
     */
    private static long probe(
        final long[] pages,
        final long[] segments,
        final int tag,
        final byte[] keyBase,
        final long keyAt,
        final int keyLength)
    {
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
                    if (record != MapReader.ABSENT)
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
        return MapReader.ABSENT;
    }

    private static long match(final long place, final byte[] keyBase, final long keyAt, final int keyLength)
    {
        if (place == 0)
        {
            return TORN;
        }
        final long record = PageTable.placeAddress(place);
        final long shape = RecordLayout.shape(record);
        if (RecordLayout.keyLength(shape) != keyLength)
        {
            return MapReader.ABSENT;
        }
        final int header = RecordLayout.headerLength(RecordLayout.flags(shape));
        if (header + keyLength > PageTable.placeSize(place))
        {
            return TORN;
        }
        return Bytes.equal(record + header, keyBase, keyAt, keyLength) ? place : MapReader.ABSENT;
    }

    private static int extract(
        final long[] pages,
        final long place,
        final byte[] dstBase,
        final long dstAt,
        final int dstLength,
        final long now,
        final ReadMeta meta)
    {
        final long record = PageTable.placeAddress(place);
        final long shape = RecordLayout.shape(record);
        final int flags = RecordLayout.flags(shape);
        final int valueLength = RecordLayout.valueLength(shape);
        if (RecordLayout.size(RecordLayout.keyLength(shape), valueLength, flags) > PageTable.placeSize(place))
        {
            return TORN;
        }
        final long end = RecordLayout.end(record, flags);
        if (end <= now)
        {
            return MapReader.ASK_WRITER;
        }
        if (now == MapReader.NO_TIME && end != Long.MAX_VALUE)
        {
            return MapReader.TIME_NEEDED;
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
            return dstLength == MapReader.NO_COPY ? valueLength : MapReader.TOO_LONG - valueLength;
        }
        if (RecordLayout.isChunked(shape))
        {
            return Chunks.read(
                pages, RecordLayout.listAddress(record, shape), valueLength, 0, valueLength, dstBase, dstAt) ?
                valueLength : TORN;
        }
        Bytes.copyOut(RecordLayout.valueAddress(record, shape), dstBase, dstAt, valueLength);
        return valueLength;
    }
}
