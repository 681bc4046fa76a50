package io.peregrine.node.gateway;

import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.FencedRequestDecoder;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * What of a message has to be known before it is handed on. Pure; the lengths are checked before anything is read.
 */
final class RequestRules
{
    static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    static final int SHORTEST = HEADER + Long.BYTES;

    private RequestRules()
    {
    }

    /**
     * @return whether the message is one of the client's schema and can be answered.
     */
    static boolean isAnswerable(final MessageHeaderDecoder header, final int length)
    {
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && length >= SHORTEST &&
            header.blockLength() >= Long.BYTES;
    }

    /**
     * @return where in the message the session's id stands; -1 when it has none.
     */
    static int sessionOffset(final MessageHeaderDecoder header, final int length)
    {
        final int block = header.blockLength();
        if (HEADER + block > length)
        {
            return -1;
        }

        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                return block < MapRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + MapRequestDecoder.sessionIdEncodingOffset();
            case MapBatchRequestDecoder.TEMPLATE_ID:
                return block < MapBatchRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + MapBatchRequestDecoder.sessionIdEncodingOffset();
            case ClearRequestDecoder.TEMPLATE_ID:
                return block < ClearRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + ClearRequestDecoder.sessionIdEncodingOffset();
            case FencedRequestDecoder.TEMPLATE_ID:
                return block < FencedRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + FencedRequestDecoder.sessionIdEncodingOffset();
            case LockRequestDecoder.TEMPLATE_ID:
                return block < LockRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + LockRequestDecoder.sessionIdEncodingOffset();
            case CloseSessionRequestDecoder.TEMPLATE_ID:
                return block < CloseSessionRequestDecoder.BLOCK_LENGTH ? -1 :
                    HEADER + CloseSessionRequestDecoder.sessionIdEncodingOffset();
            default:
                return -1;
        }
    }

    /**
     * Who waits for a lock, or holds it bound, is known by its session; without one it would be there for ever.
     *
     * @return whether a message that comes over the network has to have a session.
     */
    static boolean needsSession(
        final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final int length)
    {
        return header.templateId() == LockRequestDecoder.TEMPLATE_ID && sessionOffset(header, length) >= 0 &&
            buffer.getByte(offset + HEADER + LockRequestDecoder.actionEncodingOffset()) != LockAction.FORCE.value();
    }

    /**
     * @return how long the session is to live that a message opens, 0 where it opens none.
     */
    static long sessionTimeout(
        final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final int length)
    {
        final int block = header.blockLength();
        return header.templateId() == OpenSessionRequestDecoder.TEMPLATE_ID && HEADER + block <= length &&
            block >= OpenSessionRequestDecoder.BLOCK_LENGTH ?
            buffer.getLong(
                offset + HEADER + OpenSessionRequestDecoder.timeoutEncodingOffset(), ByteOrder.LITTLE_ENDIAN) : 0;
    }

    /**
     * @return the partition of a message that has a session.
     */
    static int partition(final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset)
    {
        final int at;
        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                at = MapRequestDecoder.partitionEncodingOffset();
                break;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                at = MapBatchRequestDecoder.partitionEncodingOffset();
                break;
            case FencedRequestDecoder.TEMPLATE_ID:
                at = FencedRequestDecoder.partitionEncodingOffset();
                break;
            case LockRequestDecoder.TEMPLATE_ID:
                at = LockRequestDecoder.partitionEncodingOffset();
                break;
            case CloseSessionRequestDecoder.TEMPLATE_ID:
                at = CloseSessionRequestDecoder.partitionEncodingOffset();
                break;
            default:
                at = ClearRequestDecoder.partitionEncodingOffset();
                break;
        }

        return buffer.getInt(offset + HEADER + at, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @return whether a piece holds what it says that it holds.
     */
    static boolean isPiece(
        final FragmentDecoder fragment,
        final MessageHeaderDecoder header,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final int pieceAt = HEADER + header.blockLength() + FragmentDecoder.pieceHeaderLength();
        if (header.blockLength() < FragmentDecoder.BLOCK_LENGTH || length < pieceAt)
        {
            return false;
        }

        fragment.wrap(buffer, offset + HEADER, header.blockLength(), header.version());
        return fragment.pieceLength() == length - pieceAt;
    }
}
