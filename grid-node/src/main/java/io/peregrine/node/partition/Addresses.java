package io.peregrine.node.partition;

import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.FencedRequestDecoder;
import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.ScanRequestDecoder;
import io.peregrine.client.codec.SizeRequestDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Which partition a request is for.
 */
final class Addresses
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int BLOCK = MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE = MessageHeaderDecoder.templateIdEncodingOffset();

    private Addresses()
    {
    }

    /**
     * @param number     of the partition that the message is for, -1 when it names none.
     * @param partitions of the grid.
     * @return why a message is refused that no partition here takes.
     */
    static Reason refusal(final MessageHeaderDecoder header, final int number, final int partitions)
    {
        if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            partitionOffset(header.templateId(), Integer.MAX_VALUE) < 0)
        {
            return Reason.UNSUPPORTED;
        }

        return number < 0 || number >= partitions ? Reason.MALFORMED : Reason.NOT_SERVING;
    }

    /**
     * @return whether a request of this kind may stand within a FencedRequest.
     */
    static boolean mayBeFenced(final int templateId)
    {
        return templateId == MapRequestDecoder.TEMPLATE_ID || templateId == MapBatchRequestDecoder.TEMPLATE_ID ||
            templateId == ClearRequestDecoder.TEMPLATE_ID;
    }

    /**
     * @return a structure that the message is about, the first where there are several; 0 for none.
     */
    static int structure(
        final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final int length)
    {
        if (header.templateId() != FencedRequestDecoder.TEMPLATE_ID)
        {
            return structure(header.templateId(), header.blockLength(), buffer, offset, length);
        }

        final int within = Writes.within(header, offset);
        final int left = offset + length - within;
        final int template = left < HEADER ? 0 : unsigned(buffer, within + TEMPLATE);
        return mayBeFenced(template) ? structure(template, unsigned(buffer, within + BLOCK), buffer, within, left) : 0;
    }

    private static int structure(
        final int templateId, final int blockLength, final DirectBuffer buffer, final int offset, final int length)
    {
        final int block = HEADER + blockLength;
        final int at;
        switch (templateId)
        {
            case MapRequestDecoder.TEMPLATE_ID:
                at = HEADER + MapRequestDecoder.structureIdEncodingOffset();
                break;
            case MapReadRequestDecoder.TEMPLATE_ID:
                at = HEADER + MapReadRequestDecoder.structureIdEncodingOffset();
                break;
            case ScanRequestDecoder.TEMPLATE_ID:
                at = HEADER + ScanRequestDecoder.structureIdEncodingOffset();
                break;
            case SizeRequestDecoder.TEMPLATE_ID:
                at = HEADER + SizeRequestDecoder.structureIdEncodingOffset();
                break;
            case ClearRequestDecoder.TEMPLATE_ID:
                at = HEADER + ClearRequestDecoder.structureIdEncodingOffset();
                break;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                at = block + MapBatchRequestDecoder.CommandsDecoder.HEADER_SIZE +
                    MapBatchRequestDecoder.CommandsDecoder.structureIdEncodingOffset();
                break;
            default:
                return 0;
        }

        return at + Integer.BYTES > length ? 0 : buffer.getInt(offset + at, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @return where the number of the partition stands in the root block; -1 when the message is not for one, or its
     *         block is shorter than it has ever been.
     */
    static int partitionOffset(final int templateId, final int blockLength)
    {
        final int offset;
        final int least;
        switch (templateId)
        {
            case MapRequestDecoder.TEMPLATE_ID:
                offset = MapRequestDecoder.partitionEncodingOffset();
                least = MapRequestDecoder.BLOCK_LENGTH;
                break;
            case MapReadRequestDecoder.TEMPLATE_ID:
                offset = MapReadRequestDecoder.partitionEncodingOffset();
                least = MapReadRequestDecoder.BLOCK_LENGTH;
                break;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                offset = MapBatchRequestDecoder.partitionEncodingOffset();
                least = MapBatchRequestDecoder.BLOCK_LENGTH;
                break;
            case ScanRequestDecoder.TEMPLATE_ID:
                offset = ScanRequestDecoder.partitionEncodingOffset();
                least = ScanRequestDecoder.BLOCK_LENGTH;
                break;
            case SizeRequestDecoder.TEMPLATE_ID:
                offset = SizeRequestDecoder.partitionEncodingOffset();
                least = SizeRequestDecoder.BLOCK_LENGTH;
                break;
            case ClearRequestDecoder.TEMPLATE_ID:
                offset = ClearRequestDecoder.partitionEncodingOffset();
                least = ClearRequestDecoder.BLOCK_LENGTH;
                break;
            case OpenSessionRequestDecoder.TEMPLATE_ID:
                offset = OpenSessionRequestDecoder.partitionEncodingOffset();
                least = OpenSessionRequestDecoder.BLOCK_LENGTH;
                break;
            case CloseSessionRequestDecoder.TEMPLATE_ID:
                offset = CloseSessionRequestDecoder.partitionEncodingOffset();
                least = CloseSessionRequestDecoder.BLOCK_LENGTH;
                break;
            case FencedRequestDecoder.TEMPLATE_ID:
                offset = FencedRequestDecoder.partitionEncodingOffset();
                least = FencedRequestDecoder.BLOCK_LENGTH;
                break;
            case LockRequestDecoder.TEMPLATE_ID:
                offset = LockRequestDecoder.partitionEncodingOffset();
                least = LockRequestDecoder.BLOCK_LENGTH;
                break;
            case LockLookDecoder.TEMPLATE_ID:
                offset = LockLookDecoder.partitionEncodingOffset();
                least = LockLookDecoder.BLOCK_LENGTH;
                break;
            default:
                return -1;
        }

        return blockLength < least ? -1 : offset;
    }

    private static int unsigned(final DirectBuffer buffer, final int at)
    {
        return Short.toUnsignedInt(buffer.getShort(at, ByteOrder.LITTLE_ENDIAN));
    }
}
