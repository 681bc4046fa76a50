package io.peregrine.client.remote;

import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OrderRequestEncoder;
import io.peregrine.client.codec.PartitionsRequestEncoder;
import io.peregrine.client.codec.StatusRequestEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What a request is to those who may have to send it again.
 */
enum RequestKind
{
    /**
     * Changes nothing: asked again as often as need be.
     */
    READ,

    /**
     * Changes entries: goes in a session, carried out at most once.
     */
    WRITE,

    /**
     * A read whose answer may be held back for as long as need be: that it does not come means nothing.
     */
    AWAIT,

    /**
     * Opens a structure by name: opened again, it is the same one.
     */
    OPEN,

    /**
     * Destroys a structure: that it is gone already means that it was done, when it was asked before.
     */
    DESTROY;

    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;

    static RequestKind of(final DirectBuffer buffer, final int offset)
    {
        final int template = Short.toUnsignedInt(
            buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        switch (template)
        {
            case MapRequestEncoder.TEMPLATE_ID:
            case MapBatchRequestEncoder.TEMPLATE_ID:
            case ClearRequestEncoder.TEMPLATE_ID:
            case LockRequestEncoder.TEMPLATE_ID:
            case FencedRequestEncoder.TEMPLATE_ID:
                return WRITE;

            case LockLookEncoder.TEMPLATE_ID:
                return buffer.getByte(offset + ROOT + LockLookEncoder.awaitEncodingOffset()) != 0 ? AWAIT : READ;

            case StructureRequestEncoder.TEMPLATE_ID:
                return ofStructure(buffer.getByte(offset + ROOT + StructureRequestEncoder.actionEncodingOffset()));

            default:
                return READ;
        }
    }

    /**
     * Is it a read that may be a little old?
     */
    static boolean mayBeOld(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) ==
            MapReadRequestEncoder.TEMPLATE_ID &&
            buffer.getLong(
                offset + ROOT + MapReadRequestEncoder.stalenessEncodingOffset(), ByteOrder.LITTLE_ENDIAN) > 0;
    }

    /**
     * To which member is a read to go, whoever leads its partition?
     *
     * @return {@link Retained#HOME}, or {@link Retained#LEADER} where it goes to who leads.
     */
    static int addressee(final DirectBuffer buffer, final int offset)
    {
        final int template =
            buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        if (template == StatusRequestEncoder.TEMPLATE_ID)
        {
            return buffer.getInt(
                offset + ROOT + StatusRequestEncoder.memberEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        }
        if (template == OrderRequestEncoder.TEMPLATE_ID)
        {
            return Retained.HOME;
        }
        return template != PartitionsRequestEncoder.TEMPLATE_ID ? Retained.LEADER : buffer.getInt(
            offset + ROOT + PartitionsRequestEncoder.memberEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    private static RequestKind ofStructure(final byte action)
    {
        if (action == StructureAction.OPEN.value())
        {
            return OPEN;
        }
        return action == StructureAction.DESTROY.value() ? DESTROY : READ;
    }
}
