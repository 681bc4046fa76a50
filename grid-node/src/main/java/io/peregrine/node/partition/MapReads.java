package io.peregrine.node.partition;

import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.SizeRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.replication.ReplicaPosition;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Reads through the agent: of one entry, after its expiry where that is due, and of sizes. One for all partitions of a
 * data agent.
 */
final class MapReads
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int REPLY =
        HEADER + MapReadReplyEncoder.BLOCK_LENGTH + MapReadReplyEncoder.valueHeaderLength();
    private static final long FOR_EVER = -1;

    private final MapReadRequestDecoder request = new MapReadRequestDecoder();
    private final SizeRequestDecoder sizeRequest = new SizeRequestDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapReadReplyEncoder reply = new MapReadReplyEncoder();
    private final Desk desk;

    MapReads(final Desk desk)
    {
        this.desk = desk;
    }

    static long ttlLeft(final long deadline, final long time)
    {
        return deadline == 0 ? FOR_EVER : Math.max(0, deadline - time);
    }

    void onRead(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        final int lengthAt = request.limit();
        final int keyOffset = lengthAt + MapReadRequestDecoder.keyHeaderLength();
        final int keyLength = keyOffset <= offset + length ? request.keyLength() : 0;
        final Reason refusal = check(keyLength, offset + length - keyOffset, request.structureId());
        if (refusal != null)
        {
            desk.refuse(sink, partition, correlationId, refusal);
            return;
        }

        desk.tally.reads++;
        final long time = partition.time(nowNs);
        final long hash = desk.hasher.hash(buffer, keyOffset, keyLength);
        final int structureId = request.structureId();
        if (!desk.expireFirst(partition, structureId, hash, buffer, keyOffset, keyLength, time))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final RecordView record = find(partition, structureId, hash, buffer, keyOffset, keyLength, time);
        if (record != null && record.end() <= time)
        {
            // What is past its end is gone only once others have its expiry too: whoever asks again is told.
            final boolean isEnding = partition.own.isUnderWay(partition.log(), structureId, hash);
            desk.refuse(sink, partition, correlationId, isEnding ? Reason.NOT_SERVING : Reason.BACK_PRESSURE);
            return;
        }

        answer(partition, sink, correlationId, record, time);
        if (partition.lead().mayAnswer())
        {
            sink.commit();
        }
        else
        {
            sink.abort();
            desk.refuse(sink, partition, correlationId, Reason.NOT_SERVING);
        }
    }

    /**
     * Read from a copy that is not the primary's, if the request is a read that may be a little old, and what is found
     * here is fresh enough.
     *
     * @param partition that is not served here, or null.
     * @return false where the primary has to be asked.
     */
    boolean onReplica(
        final Partition partition,
        final Positions positions,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        if (partition == null || of.templateId() != MapReadRequestDecoder.TEMPLATE_ID ||
            of.blockLength() < MapReadRequestDecoder.BLOCK_LENGTH || !Positions.mayBeRead(partition))
        {
            return false;
        }

        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int keyOffset = request.limit() + MapReadRequestDecoder.keyHeaderLength();
        final int keyLength = keyOffset <= offset + length ? request.keyLength() : 0;
        final int structureId = request.structureId();
        final long boundNs = request.staleness();
        if (boundNs <= 0 || check(keyLength, offset + length - keyOffset, structureId) != null)
        {
            return false;
        }

        final ReplicaPosition position = positions.of(partition);
        positions.onRead(partition, boundNs, nowNs);
        final long time = partition.store().time();
        final long hash = desk.hasher.hash(buffer, keyOffset, keyLength);
        final RecordView record = find(partition, structureId, hash, buffer, keyOffset, keyLength, time);
        if (record != null && record.end() <= time ||
            !position.isFresh(partition.log().applied(), positions.clock().nanoTime(), boundNs))
        {
            return false;
        }

        answer(partition, sink, request.correlationId(), record, time);
        final long leavesNs = positions.clock().nanoTime();
        if (!position.isFresh(partition.log().applied(), leavesNs, boundNs))
        {
            sink.abort();
            return false;
        }

        reply.age(Math.max(1, position.ageNs(leavesNs)));
        desk.tally.reads++;
        desk.tally.replicaReads++;
        sink.commit();
        return true;
    }

    void onSize(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink)
    {
        sizeRequest.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int structureId = sizeRequest.structureId();
        if (desk.structures.find(structureId) == null)
        {
            desk.refuse(sink, partition, sizeRequest.correlationId(), Reason.DESTROYED);
            return;
        }

        final MapStore map = partition.store().maps().map(structureId);
        final long size = map == null ? 0 : map.size();
        if (partition.lead().mayAnswer())
        {
            desk.replies.size(sink, partition.id(), sizeRequest.correlationId(), size);
        }
        else
        {
            desk.refuse(sink, partition, sizeRequest.correlationId(), Reason.NOT_SERVING);
        }
    }

    private Reason check(final int keyLength, final int room, final int structureId)
    {
        if (keyLength < 1 || keyLength > room)
        {
            return keyLength > desk.limits.maxKeyLength() ? Reason.KEY_TOO_LONG : Reason.MALFORMED;
        }

        return desk.structures.find(structureId) == null ? Reason.DESTROYED : null;
    }

    /**
     * One look for the record, which the agent's own thread writes to: version, expiry and value are read in place.
     *
     * @return one that may be past its end, or null.
     */
    private static RecordView find(
        final Partition partition,
        final int structureId,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long time)
    {
        final MapStore map = partition.store().maps().map(structureId);
        final long handle = map == null ? 0 : map.find(hash, key, keyOffset, keyLength);
        if (handle == 0)
        {
            return null;
        }
        final RecordView record = map.wrap(handle);
        if (record.end() > time)
        {
            map.noteRead(hash, time);
        }
        return record;
    }

    /**
     * Write the answer, which is still to be committed.
     *
     * @param record null if there is none.
     */
    private void answer(
        final Partition partition,
        final MessageSink sink,
        final long correlationId,
        final RecordView record,
        final long time)
    {
        final boolean isThere = record != null;
        final boolean withValue = isThere && request.withValue() != 0;
        final int length = withValue ? record.valueLength() : 0;
        final int at = sink.tryClaim(partition.id(), REPLY + length);
        reply.wrapAndApplyHeader(sink.buffer(), at, header)
            .correlationId(correlationId)
            .version(isThere ? record.version() : 0)
            .ttlLeft(isThere ? ttlLeft(record.deadline(), time) : 0)
            .maxIdle(isThere && record.maxIdle() != 0 ? record.maxIdle() : FOR_EVER)
            .age(0)
            .fullLength(isThere ? record.valueLength() : 0)
            .reserved1((short) 0)
            .reserved2(0);
        reply.flags().clear().present(isThere).valueIncluded(withValue);
        sink.buffer().putInt(at + REPLY - MapReadReplyEncoder.valueHeaderLength(), length, ByteOrder.LITTLE_ENDIAN);
        if (withValue)
        {
            record.copyValue(sink.buffer(), at + REPLY);
        }
    }
}
