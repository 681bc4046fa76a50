package io.peregrine.node.partition;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * Carries out one command on one key: all that may refuse it, then its entry. Fields are read where the schema has
 * them, without the generated decoder, which takes several times as long. One for all partitions of a data agent.
 */
final class MapWrites
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final Command command = new Command();
    private final Expiry expiry = new Expiry();
    private final Desk desk;

    MapWrites(final Desk desk)
    {
        this.desk = desk;
    }

    void onRequest(
        final Partition partition,
        final RequestId id,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int blockLength,
        final MessageSink sink,
        final long nowNs)
    {
        final long correlationId = id.correlationId;
        final boolean wellFormed = command.wrapSingle(buffer, offset + HEADER, blockLength, offset + length);
        if (id.sessionId != 0 && !isNew(partition, sink, id, wellFormed))
        {
            return;
        }

        final Reason refusal = wellFormed ? Checks.refusal(command, desk.limits) : Reason.MALFORMED;
        if (refusal != null)
        {
            desk.refuse(sink, partition, correlationId, refusal);
            return;
        }

        final StructureDefinition map = desk.structures.find(command.structureId());
        if (map == null)
        {
            desk.refuse(sink, partition, correlationId, Reason.DESTROYED);
            return;
        }

        if (!Checks.mayIdle(command, map, desk.limits))
        {
            desk.refuse(sink, partition, correlationId, Reason.EXPIRY_INVALID);
            return;
        }

        write(partition, map, sink, id, nowNs);
    }

    private boolean isNew(
        final Partition partition, final MessageSink sink, final RequestId id, final boolean wellFormed)
    {
        final Sessions.Verdict verdict = desk.classify(partition, sink, id);
        if (verdict == Sessions.Verdict.REPEATED && !wellFormed)
        {
            desk.refuse(sink, partition, id.correlationId, Reason.MALFORMED);
        }
        else if (verdict == Sessions.Verdict.REPEATED)
        {
            desk.outcomes.expectRepeated(partition, sink, id.correlationId, command);
            desk.repeat(partition);
        }

        return verdict == Sessions.Verdict.NEW;
    }

    private void write(
        final Partition partition,
        final StructureDefinition map,
        final MessageSink sink,
        final RequestId id,
        final long nowNs)
    {
        final long correlationId = id.correlationId;
        final long time = partition.time(nowNs);
        final long hash = desk.hasher.hash(command.buffer, command.keyOffset, command.keyLength);
        if (!partition.hasRoom() || !desk.ensureFor(partition, map, time) || !desk.expireFirst(
            partition, map.id(), hash, command.buffer, command.keyOffset, command.keyLength, time))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final long deadline = Checks.deadline(command, map, time);
        final long maxIdle = Checks.maxIdle(command, map);
        final int pages = command.needsMemory() ?
            desk.room.reserveFor(
                partition,
                map.id(),
                hash,
                command,
                storedLength(partition, map.id(), hash),
                expiry.set(deadline, maxIdle, time),
                nowNs) :
            0;
        if (pages == Room.NONE)
        {
            desk.refuse(sink, partition, correlationId, desk.room.refusal());
            return;
        }
        final int prefix = desk.fencePrefix();
        if (!partition.claim(prefix + Entries.lengthOf(command)))
        {
            desk.room.giveBack(pages);
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final Stamp stamp = partition.stamp(desk.stamp, time).request(id);
        final int entryLength = desk.entries.mapCommand(
            partition.buffer(), partition.offset() + prefix, stamp, command, deadline, maxIdle);
        partition.append(desk.fenced(partition, stamp, entryLength), correlationId, sink, pages);
    }

    private int storedLength(final Partition partition, final int structureId, final long hash)
    {
        switch (command.action())
        {
            case Command.ADD:
                return Long.BYTES;
            case Command.EXPIRE:
                return lengthOfStored(partition, structureId, hash, command);
            default:
                return command.valueLength;
        }
    }

    static int lengthOfStored(
        final Partition partition, final int structureId, final long hash, final Command command)
    {
        final MapStore map = partition.store().maps().map(structureId);
        final long handle = map == null ? 0 : map.find(hash, command.buffer, command.keyOffset, command.keyLength);
        return handle == 0 ? 0 : map.wrap(handle).valueLength();
    }
}
