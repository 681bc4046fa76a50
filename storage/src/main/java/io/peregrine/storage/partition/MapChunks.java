package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MapRecordsDecoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.session.Digest;
import io.peregrine.storage.session.MessageLayout;
import org.agrona.DirectBuffer;

/**
 * What is done to whole ranges of a map: load a chunk, clear a range, digest. One for all maps of a partition.
 */
final class MapChunks
{
    private static final int STEP = 256;

    private final MapSpace maps;
    private final PagePool pool;
    private final KeyHasher hasher;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapRecordsDecoder decoder = new MapRecordsDecoder();
    private final Expiry expiry = new Expiry();
    private final GrowingBuffer keys = new GrowingBuffer();
    private final RecordConsumer collector = this::collect;
    private final RecordConsumer digester = this::takeIn;
    private long below;
    private int collected;
    private int keysEnd;
    private long sum;

    MapChunks(final MapSpace maps, final PagePool pool, final KeyHasher hasher)
    {
        this.maps = maps;
        this.pool = pool;
        this.hasher = hasher;
    }

    /**
     * Are these bytes records of the range, that entries up to its sequence can have written?
     */
    boolean isLoadable(final ChunkRange range, final DirectBuffer body, final int offset, final int length)
    {
        final int end = offset + length;
        int at = MessageLayout.skipRoot(
            body, offset, end, MapRecordsDecoder.TEMPLATE_ID, MapRecordsDecoder.SCHEMA_ID,
            MapRecordsDecoder.BLOCK_LENGTH);
        at = MessageLayout.skipGroup(body, at, end, MapRecordsDecoder.RecordsDecoder.sbeBlockLength(), 2);
        if (at != end)
        {
            return false;
        }
        decoder.wrapAndApplyHeader(body, offset, header);
        for (final MapRecordsDecoder.RecordsDecoder record : decoder.records())
        {
            final boolean isSound = record.version() > 0 && record.version() <= range.sequence &&
                record.deadline() >= 0 && record.maxIdle() >= 0 && record.usedAt() >= 0;
            final int keyLength = record.keyLength();
            final int keyAt = decoder.limit() + Integer.BYTES;
            record.skipKey();
            final int valueLength = record.valueLength();
            record.skipValue();
            if (!isSound || keyLength > MapStore.MAX_KEY_LENGTH || valueLength > MapStore.MAX_VALUE_LENGTH ||
                !range.contains(hasher.hash(body, keyAt, keyLength)))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * Put the records of a loadable body into a map.
     *
     * @return false for want of memory.
     */
    boolean load(final MapStore map, final DirectBuffer body, final int offset)
    {
        decoder.wrapAndApplyHeader(body, offset, header);
        for (final MapRecordsDecoder.RecordsDecoder record : decoder.records())
        {
            final long version = record.version();
            expiry.set(record.deadline(), record.maxIdle(), record.usedAt());
            final int keyLength = record.keyLength();
            final int keyAt = decoder.limit() + Integer.BYTES;
            record.skipKey();
            final int valueLength = record.valueLength();
            final int valueAt = decoder.limit() + Integer.BYTES;
            record.skipValue();
            final long hash = hasher.hash(body, keyAt, keyLength);
            final int pages = maps.pagesFor(map.structureId(), hash, keyLength, valueLength, expiry);
            if (!pool.reserve(pages))
            {
                return false;
            }
            map.put(hash, body, keyAt, keyLength, body, valueAt, valueLength, version, expiry);
            pool.unreserve(pages);
        }
        return true;
    }

    /**
     * Remove the records whose hash is below a cursor.
     */
    void clearBelow(final MapStore map, final long cursor)
    {
        below = cursor;
        do
        {
            collected = 0;
            map.scan(0, STEP, collector);
            int at = 0;
            for (int i = 0; i < collected; i++)
            {
                final int length = keys.buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
                final int keyAt = at + Integer.BYTES;
                map.remove(hasher.hash(keys.buffer, keyAt, length), keys.buffer, keyAt, length);
                at = keyAt + length;
            }
            keysEnd = 0;
        }
        while (collected != 0);
    }

    private boolean collect(final RecordView record)
    {
        if (Long.compareUnsigned(ChunkRange.cursorOf(record.hash()), below) >= 0)
        {
            return false;
        }
        keys.ensure(keysEnd + Integer.BYTES + record.keyLength());
        keys.buffer.putInt(keysEnd, record.keyLength(), ByteOrder.LITTLE_ENDIAN);
        keysEnd += Integer.BYTES + record.copyKey(keys.buffer, keysEnd + Integer.BYTES);
        collected++;
        return true;
    }

    /**
     * A digest of all records of a map, independent of order.
     */
    long digest(final MapStore map)
    {
        sum = 0;
        long cursor = 0;
        do
        {
            cursor = map.scan(cursor, STEP, digester);
        }
        while (cursor != MapStore.SCAN_END);
        return sum;
    }

    private boolean takeIn(final RecordView record)
    {
        sum += Digest.mix(record.structureId(), record.digest());
        return true;
    }
}
