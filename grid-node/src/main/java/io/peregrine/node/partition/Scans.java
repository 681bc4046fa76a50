package io.peregrine.node.partition;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.ScanFlagsDecoder;
import io.peregrine.client.codec.ScanReplyEncoder;
import io.peregrine.client.codec.ScanRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks a part of a map in the order of hashes. A record past its end is left out, as its expiry is only a matter of
 * when the agent comes to it. One for all partitions of a data agent.
 */
final class Scans implements RecordConsumer
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_ENTRIES = 4096;
    private static final int MAX_BYTES = 1 << 20;
    private static final int INITIAL_CAPACITY = 1 << 16;

    private final ScanRequestDecoder request = new ScanRequestDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ScanReplyEncoder reply = new ScanReplyEncoder();
    private final UnsafeBuffer empty = new UnsafeBuffer(new byte[0]);
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
    private final Desk desk;
    private ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(INITIAL_CAPACITY);
    private ScanReplyEncoder.EntriesEncoder entries;
    private boolean keysOnly;
    private int count;
    private int bytes;
    private int maxBytes;
    private long time;

    Scans(final Desk desk)
    {
        this.desk = desk;
    }

    void onRequest(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (desk.structures.find(request.structureId()) == null)
        {
            desk.refuse(sink, partition, correlationId, Reason.DESTROYED);
            return;
        }
        if (request.maxEntries() < 1 || request.cursor() == MapStore.SCAN_END)
        {
            desk.refuse(sink, partition, correlationId, Reason.MALFORMED);
            return;
        }

        time = partition.time(nowNs);
        keysOnly = ScanFlagsDecoder.keysOnly(
            buffer.getByte(offset + HEADER + ScanRequestDecoder.flagsEncodingOffset()));
        maxBytes = Math.min(request.maxBytes(), MAX_BYTES);
        bytes = 0;
        count = 0;
        final int maxEntries = Math.min(request.maxEntries(), MAX_ENTRIES);
        entries = reply.wrapAndApplyHeader(scratch, 0, header)
            .correlationId(correlationId)
            .nextCursor(0)
            .entriesCount(MAX_ENTRIES * 2);
        final MapStore map = partition.store().maps().map(request.structureId());
        final long next = map == null ? MapStore.SCAN_END : map.scan(request.cursor(), maxEntries, this);
        entries.resetCountToIndex();
        reply.nextCursor(next);
        Replies.copy(sink, partition.id(), scratch, HEADER + reply.encodedLength());
        if (scratch.capacity() > BatchWrites.KEEP)
        {
            scratch = new ExpandableArrayBuffer(INITIAL_CAPACITY);
        }
    }

    @Override
    public boolean onRecord(final RecordView found)
    {
        if (isPastEnd(found))
        {
            return true;
        }

        final int valueLength = keysOnly ? 0 : found.valueLength();
        final int length = found.keyLength() + valueLength;
        if (count > 0 && bytes + length > maxBytes || count == MAX_ENTRIES * 2)
        {
            return false;
        }

        record.checkLimit(length);
        found.copyKey(record, 0);
        if (valueLength > 0)
        {
            found.copyValue(record, found.keyLength());
        }
        entries.next()
            .version(found.version())
            .ttlLeft(MapReads.ttlLeft(found.deadline(), time))
            .putKey(record, 0, found.keyLength())
            .putValue(valueLength > 0 ? record : empty, valueLength > 0 ? found.keyLength() : 0, valueLength);
        count++;
        bytes += length;
        return true;
    }

    private boolean isPastEnd(final RecordView found)
    {
        if (found.deadline() != 0 && found.deadline() <= time)
        {
            return true;
        }

        return found.maxIdle() != 0 && Math.max(found.touched(), found.traced()) + found.maxIdle() <= time;
    }
}
