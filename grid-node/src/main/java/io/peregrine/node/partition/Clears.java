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
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (request.sessionId() != 0 && !isNew(partition, sink, correlationId))
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
        if (!partition.hasRoom() || !desk.ensure(partition, map, time) ||
            !partition.claim(Entries.SHORT_ENTRY))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final Stamp stamp = partition.stamp(desk.stamp, time)
            .request(request.sessionId(), request.requestNumber(), request.lowestUnanswered());
        final int length = desk.entries.clear(partition.buffer(), partition.offset(), stamp, map.id());
        partition.append(length, correlationId, sink, 0);
        desk.reclaiming.mark(partition.id());
    }

    private boolean isNew(final Partition partition, final MessageSink sink, final long correlationId)
    {
        final Sessions.Verdict verdict = desk.classify(
            partition,
            sink,
            correlationId,
            request.sessionId(),
            request.requestNumber(),
            request.lowestUnanswered());
        if (verdict == Sessions.Verdict.REPEATED)
        {
            desk.outcomes.expectRepeatedClear(partition, sink, correlationId);
            desk.repeat(partition);
        }

        return verdict == Sessions.Verdict.NEW;
    }
}
