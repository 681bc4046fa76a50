package io.peregrine.node.partition;

import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * Removes everything that is in one map in one partition. One for all partitions of a data agent.
 */
final class Clears
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final ClearRequestDecoder request = new ClearRequestDecoder();
    private final Desk desk;

    Clears(final Desk desk)
    {
        this.desk = desk;
    }

    void onRequest(
        final Partition partition,
        final RequestId id,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = id.correlationId;
        if (id.sessionId != 0 && !isNew(partition, sink, id))
        {
            return;
        }

        final StructureDefinition map = desk.structures.find(request.structureId());
        if (map == null)
        {
            desk.refuse(sink, partition, correlationId, Reason.DESTROYED);
            return;
        }

        final long time = partition.time(nowNs);
        final int prefix = desk.fencePrefix();
        if (!partition.hasRoom() || !desk.ensureFor(partition, map, time) ||
            !partition.claim(prefix + Entries.SHORT_ENTRY))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final Stamp stamp = partition.stamp(desk.stamp, time).request(id);
        final int length = desk.entries.clear(partition.buffer(), partition.offset() + prefix, stamp, map.id());
        partition.append(desk.fenced(partition, stamp, length), correlationId, sink, 0);
        desk.reclaiming.mark(partition.id());
    }

    private boolean isNew(final Partition partition, final MessageSink sink, final RequestId id)
    {
        final Sessions.Verdict verdict = desk.classify(partition, sink, id);
        if (verdict == Sessions.Verdict.REPEATED)
        {
            desk.outcomes.expectRepeatedClear(partition, sink, id.correlationId);
            desk.repeat(partition);
        }

        return verdict == Sessions.Verdict.NEW;
    }
}
