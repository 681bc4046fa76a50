package io.peregrine.node.partition;

import io.peregrine.client.codec.MapBatchRequestDecoder.CommandsDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.partition.PartitionStore;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Carries out commands on keys of one partition as one entry, all or none. One for all partitions of a data agent.
 */
final class BatchWrites
{
    static final int GROUP_HEADER = CommandsDecoder.sbeHeaderSize();

    /**
     * The largest scratch buffer that is kept, in bytes.
     */
    static final int KEEP = 1 << 20;

    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int COUNT_OFFSET = 2;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final Command command = new Command();
    private final Desk desk;
    private int pages;
    private int longestKey;
    private int longestValue;

    BatchWrites(final Desk desk)
    {
        this.desk = desk;
    }

    static int count(final DirectBuffer buffer, final int groupOffset)
    {
        return buffer.getShort(groupOffset + COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & UNSIGNED_SHORT;
    }

    private static int blockLength(final DirectBuffer buffer, final int groupOffset)
    {
        return buffer.getShort(groupOffset, ByteOrder.LITTLE_ENDIAN) & UNSIGNED_SHORT;
    }

    void onRequest(
        final Partition partition,
        final RequestId id,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder header,
        final MessageSink sink,
        final long nowNs)
    {
        final int group = offset + HEADER + header.blockLength();
        final int end = offset + length;
        final boolean wellFormed = isWellFormed(buffer, group, end);
        if (id.sessionId != 0 && !isNew(partition, sink, id, buffer, group, wellFormed))
        {
            return;
        }

        final Reason refusal = wellFormed ? check(buffer, group, end) : Reason.MALFORMED;
        if (refusal != null)
        {
            desk.refuse(sink, partition, id.correlationId, refusal);
            return;
        }

        write(partition, id, buffer, group, end, sink, nowNs);
    }

    private boolean isNew(
        final Partition partition,
        final MessageSink sink,
        final RequestId id,
        final DirectBuffer buffer,
        final int group,
        final boolean wellFormed)
    {
        final Sessions.Verdict verdict = desk.classify(partition, sink, id);
        if (verdict == Sessions.Verdict.REPEATED && !wellFormed)
        {
            desk.refuse(sink, partition, id.correlationId, Reason.MALFORMED);
        }
        else if (verdict == Sessions.Verdict.REPEATED)
        {
            desk.outcomes.expectRepeatedBatch(partition, sink, id.correlationId, buffer, group);
            desk.repeat(partition);
        }

        return verdict == Sessions.Verdict.NEW;
    }

    private boolean isWellFormed(final DirectBuffer buffer, final int group, final int end)
    {
        if (end - group < GROUP_HEADER || blockLength(buffer, group) != CommandsDecoder.sbeBlockLength())
        {
            return false;
        }

        final int count = count(buffer, group);
        int at = group + GROUP_HEADER;
        for (int i = 0; i < count; i++)
        {
            if (at >= end || !command.wrapInBatch(buffer, at, end))
            {
                return false;
            }
            at = command.end;
        }

        return at == end && count > 0;
    }

    private Reason check(final DirectBuffer buffer, final int group, final int end)
    {
        final int count = count(buffer, group);
        if (count > PartitionStore.MAX_BATCH_COMMANDS || end - group > desk.limits.maxRequestLength())
        {
            return Reason.BATCH_TOO_LONG;
        }

        int at = group + GROUP_HEADER;
        for (int i = 0; i < count; i++)
        {
            command.wrapInBatch(buffer, at, end);
            final Reason refusal = Checks.refusal(command, desk.limits);
            if (refusal != null)
            {
                return refusal;
            }
            final StructureDefinition map = desk.structures.find(command.structureId());
            if (map == null || !Checks.mayIdle(command, map, desk.limits))
            {
                return map == null ? Reason.DESTROYED : Reason.EXPIRY_INVALID;
            }
            at = command.end;
        }

        return null;
    }

    private void write(
        final Partition partition,
        final RequestId id,
        final DirectBuffer buffer,
        final int group,
        final int end,
        final MessageSink sink,
        final long nowNs)
    {
        final long correlationId = id.correlationId;
        final long time = partition.time(nowNs);
        final int count = count(buffer, group);
        if (!partition.hasRoom() || !prepare(partition, buffer, group, end, count, time))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }
        if (!desk.room.reserve(partition, pages, longestKey, longestValue, nowNs))
        {
            desk.refuse(sink, partition, correlationId, desk.room.refusal());
            return;
        }
        final int prefix = desk.fencePrefix();
        if (!partition.claim(prefix + Entries.batchLength(end - group)))
        {
            desk.room.giveBack(pages);
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final Stamp stamp = partition.stamp(desk.stamp, time).request(id);
        final int at = partition.offset() + prefix;
        final int length = desk.entries.mapBatch(partition.buffer(), at, stamp, buffer, group, end - group);
        patch(partition, Entries.batchGroup(at), at + length, count, time);
        partition.append(desk.fenced(partition, stamp, length), correlationId, sink, pages);
    }

    /**
     * Create and expire what the commands will meet, and add up the memory that they may take.
     */
    private boolean prepare(
        final Partition partition,
        final DirectBuffer buffer,
        final int group,
        final int end,
        final int count,
        final long time)
    {
        pages = 0;
        longestKey = 0;
        longestValue = 0;
        int at = group + GROUP_HEADER;
        for (int i = 0; i < count; i++)
        {
            command.wrapInBatch(buffer, at, end);
            at = command.end;
            final int id = command.structureId();
            final long hash = desk.hasher.hash(buffer, command.keyOffset, command.keyLength);
            if (!desk.ensureFor(partition, desk.structures.find(id), time) || !desk.expireFirst(
                partition, id, hash, buffer, command.keyOffset, command.keyLength, time))
            {
                return false;
            }
            if (command.needsMemory())
            {
                add(partition, id, hash);
            }
        }

        return true;
    }

    private void add(final Partition partition, final int structureId, final long hash)
    {
        int valueLength = command.valueLength;
        if (command.action() != Command.PUT)
        {
            // What it finds may come from a command before it in the batch.
            final int stored = MapWrites.lengthOfStored(partition, structureId, hash, command);
            valueLength = Math.max(Math.max(Long.BYTES, longestValue), stored);
        }

        pages += MapSpace.worstPages(command.keyLength, valueLength);
        longestKey = Math.max(longestKey, command.keyLength);
        longestValue = Math.max(longestValue, valueLength);
    }

    private void patch(final Partition partition, final int group, final int end, final int count, final long time)
    {
        int at = group + GROUP_HEADER;
        for (int i = 0; i < count; i++)
        {
            command.wrapInBatch(partition.buffer(), at, end);
            at = command.end;
            final StructureDefinition map = desk.structures.find(command.structureId());
            final long deadline = Checks.deadline(command, map, time);
            final long maxIdle = Checks.maxIdle(command, map);
            Entries.patch(partition.buffer(), command, deadline, maxIdle);
        }
    }
}
