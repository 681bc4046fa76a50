package io.peregrine.node.partition;

import io.peregrine.client.codec.FencedRequestDecoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Hands writes to those who carry them out. One that carries a fence is unwrapped first, and carried out as if it had
 * come alone: its entry is put into one that looks at the fence when it is applied. One for all partitions of a data
 * agent.
 */
final class Writes
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int LENGTH_BYTES = FencedRequestDecoder.withinHeaderLength();

    private final MessageHeaderDecoder within = new MessageHeaderDecoder();
    private final FencedRequestDecoder fenced = new FencedRequestDecoder();
    private final RequestId id = new RequestId();
    private final Desk desk;
    private final MapWrites commands;
    private final BatchWrites batches;
    private final Clears clears;

    Writes(final Desk desk)
    {
        this.desk = desk;
        this.commands = new MapWrites(desk);
        this.batches = new BatchWrites(desk);
        this.clears = new Clears(desk);
    }

    /**
     * @param of a write, whose root block is at least as long as it has ever been.
     */
    void onRequest(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        id.wrap(buffer, offset + HEADER);
        if (of.templateId() == FencedRequestDecoder.TEMPLATE_ID)
        {
            onFenced(partition, buffer, offset, length, of, sink, nowNs);
        }
        else
        {
            carryOut(partition, buffer, offset, length, of, sink, nowNs);
        }
    }

    /**
     * @param offset of a FencedRequest.
     * @return where the request within begins, which may be behind the end of the message.
     */
    static int within(final MessageHeaderDecoder of, final int offset)
    {
        return offset + HEADER + of.blockLength() + LENGTH_BYTES;
    }

    private void onFenced(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        fenced.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int at = within(of, offset);
        final int withinLength = offset + length - at;
        if (!isWellFormed(partition, buffer, at, withinLength))
        {
            desk.refuse(sink, partition, id.correlationId, Reason.MALFORMED);
            return;
        }

        desk.fence.set(fenced.lockPartition(), fenced.lockHash(), fenced.fence());
        try
        {
            carryOut(partition, buffer, at, withinLength, within, sink, nowNs);
        }
        finally
        {
            desk.fence.clear();
        }
    }

    /**
     * @return whether there is a request within that fills the message, of a kind that may carry a fence, for the same
     *         partition.
     */
    private boolean isWellFormed(final Partition partition, final DirectBuffer buffer, final int at, final int length)
    {
        if (length < HEADER || buffer.getInt(at - LENGTH_BYTES, ByteOrder.LITTLE_ENDIAN) != length ||
            fenced.fence() <= 0 || fenced.lockPartition() < 0 || fenced.lockPartition() >= desk.limits.partitions())
        {
            return false;
        }

        within.wrap(buffer, at);
        final int partitionAt = Addresses.mayBeFenced(within.templateId()) ?
            Addresses.partitionOffset(within.templateId(), within.blockLength()) : -1;
        return partitionAt >= 0 && within.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            HEADER + within.blockLength() <= length &&
            buffer.getInt(at + HEADER + partitionAt, ByteOrder.LITTLE_ENDIAN) == partition.id();
    }

    private void carryOut(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        switch (of.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                commands.onRequest(partition, id, buffer, offset, length, of.blockLength(), sink, nowNs);
                break;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                batches.onRequest(partition, id, buffer, offset, length, of, sink, nowNs);
                break;
            default:
                clears.onRequest(partition, id, buffer, offset, of, sink, nowNs);
                break;
        }
    }
}
