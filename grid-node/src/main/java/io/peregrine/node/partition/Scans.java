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
 * Walks a part of a map in the order of hashes. A record past its end is left out once all copies know that it is, by
 * an entry that is as late, and no entry is under way. By the clock alone it is not, where others may lead: the time of
 * the next primary may be behind, and there it would be shown again. One for all partitions of a data agent.
 */
final class Scans implements RecordConsumer
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_ENTRIES = 4096;
    private static final int MAX_BYTES = 1 << 20;
    private static final int PARTITIONS_AT_ONCE = 64;
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
    private boolean mayAnswer;
    private final Partition[] partitions;
    private int visited;
    private int count;
    private int bytes;
    private int maxBytes;
    private long time;
    private long knownTime;

    /**
     * @param partitions by number; null where another agent owns the place.
     */
    Scans(final Desk desk, final Partition[] partitions)
    {
        this.desk = desk;
        this.partitions = partitions;
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

        final byte flags = buffer.getByte(offset + HEADER + ScanRequestDecoder.flagsEncodingOffset());
        keysOnly = ScanFlagsDecoder.keysOnly(flags);
        maxBytes = Math.min(request.maxBytes(), MAX_BYTES);
        bytes = 0;
        count = 0;
        visited = 0;
        mayAnswer = true;
        final int maxEntries = Math.min(request.maxEntries(), MAX_ENTRIES);
        entries = reply.wrapAndApplyHeader(scratch, 0, header)
            .correlationId(correlationId)
            .nextCursor(0)
            .nextPartition(0)
            .reserved1(0)
            .entriesCount(MAX_ENTRIES * 2);
        if (ScanFlagsDecoder.onward(flags))
        {
            scanOnward(partition, maxEntries, nowNs);
        }
        else
        {
            reply.nextPartition(partition.id()).nextCursor(scan(partition, request.cursor(), maxEntries, nowNs));
        }
        entries.resetCountToIndex();
        if (mayAnswer)
        {
            Replies.copy(sink, partition.id(), scratch, HEADER + reply.encodedLength());
        }
        else
        {
            desk.refuse(sink, partition, correlationId, Reason.NOT_SERVING);
        }
        if (scratch.capacity() > BatchWrites.KEEP)
        {
            scratch = new ExpandableArrayBuffer(INITIAL_CAPACITY);
        }
    }

    /**
     * Where a partition is done and there is room yet, go on in the next one, as far as this agent has them: a small
     * map takes one request and not one for each partition.
     */
    private void scanOnward(final Partition first, final int maxEntries, final long nowNs)
    {
        Partition partition = first;
        long cursor = request.cursor();
        int number = first.id();
        for (int i = 0; partition != null && partition.isServing() && visited < maxEntries; i++)
        {
            cursor = scan(partition, cursor, maxEntries - visited, nowNs);
            if (cursor != MapStore.SCAN_END)
            {
                break;
            }

            cursor = 0;
            number++;
            partition = i < PARTITIONS_AT_ONCE && number < partitions.length ? partitions[number] : null;
        }
        reply.nextPartition(number).nextCursor(cursor);
    }

    private long scan(final Partition partition, final long cursor, final int maxEntries, final long nowNs)
    {
        time = partition.time(nowNs);
        knownTime = knownTime(partition);
        final MapStore map = partition.store().maps().map(request.structureId());
        final long next = map == null ? MapStore.SCAN_END : map.scan(cursor, maxEntries, this);
        mayAnswer &= partition.lead().mayAnswer();
        return next;
    }

    /**
     * By an entry that is under way the end of what it will find was not looked at, where that was under way too: it
     * may yet tell that it was there.
     */
    private long knownTime(final Partition partition)
    {
        if (partition.term().lease() == null)
        {
            return time;
        }

        return partition.isUnderWay() ? Long.MIN_VALUE : partition.store().time();
    }

    @Override
    public boolean onRecord(final RecordView found)
    {
        visited++;
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
        if (found.deadline() != 0 && found.deadline() <= knownTime)
        {
            return true;
        }

        return found.maxIdle() != 0 && Math.max(found.touched(), found.traced()) + found.maxIdle() <= knownTime;
    }
}
