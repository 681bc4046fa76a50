package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MapRecordsEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the records of a chunk behind what is already in a growing buffer, up to a number of bytes; but always one
 * record, and always all records with the same hash: a chunk ends between two places in the order of the structure.
 */
final class ChunkBody implements RecordConsumer
{
    /**
     * The most records of a chunk, save for those with the same hash.
     */
    static final int MAX_RECORDS = 4096;

    private static final int MOST_RECORDS = 65534;
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);
    private static final int RECORD_OVERHEAD =
        MapRecordsEncoder.RecordsEncoder.sbeBlockLength() + 2 * Integer.BYTES;

    private final GrowingBuffer growing;
    private final int softLimit;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapRecordsEncoder encoder = new MapRecordsEncoder();
    private MapRecordsEncoder.RecordsEncoder records;
    private int offset;
    private int count;
    private long lastCursor;

    ChunkBody(final GrowingBuffer growing, final int softLimit)
    {
        this.growing = growing;
        this.softLimit = softLimit;
    }

    void begin(final int bodyOffset)
    {
        offset = bodyOffset;
        count = 0;
        growing.ensure(offset + MessageHeaderEncoder.ENCODED_LENGTH + MapRecordsEncoder.BLOCK_LENGTH + Integer.BYTES);
        records = encoder.wrapAndApplyHeader(growing.buffer, offset, header).recordsCount(MOST_RECORDS);
    }

    @Override
    public boolean onRecord(final RecordView record)
    {
        final int length = RECORD_OVERHEAD + record.keyLength() + record.valueLength();
        final long cursor = ChunkRange.cursorOf(record.hash());
        if (count > 0 && cursor != lastCursor &&
            (count >= MAX_RECORDS || encoder.limit() - offset + length > softLimit))
        {
            return false;
        }
        lastCursor = cursor;
        growing.ensure(encoder.limit() + length);
        records.next()
            .version(record.version())
            .deadline(record.deadline())
            .maxIdle(record.maxIdle())
            .usedAt(record.touched());
        final int keyAt = encoder.limit();
        records.putKey(EMPTY, 0, 0);
        growing.buffer.putInt(keyAt, record.keyLength(), ByteOrder.LITTLE_ENDIAN);
        final int valueAt = keyAt + Integer.BYTES + record.copyKey(growing.buffer, keyAt + Integer.BYTES);
        encoder.limit(valueAt);
        records.putValue(EMPTY, 0, 0);
        growing.buffer.putInt(valueAt, record.valueLength(), ByteOrder.LITTLE_ENDIAN);
        encoder.limit(valueAt + Integer.BYTES + record.copyValue(growing.buffer, valueAt + Integer.BYTES));
        count++;
        return true;
    }

    /**
     * End it.
     *
     * @return bytes of the body.
     */
    int end()
    {
        records.resetCountToIndex();
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
