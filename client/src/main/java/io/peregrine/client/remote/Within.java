package io.peregrine.client.remote;

import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Where the request begins that a message of this client is about: within another, where it carries a fence. Pure.
 */
final class Within
{
    private static final int PREFIX = MessageHeaderDecoder.ENCODED_LENGTH + FencedRequestEncoder.BLOCK_LENGTH +
        FencedRequestEncoder.withinHeaderLength();

    private Within()
    {
    }

    /**
     * @param buffer with a request of this client.
     * @param offset where its header begins.
     * @return where the header of the request itself begins.
     */
    static int offset(final DirectBuffer buffer, final int offset)
    {
        final int template = Short.toUnsignedInt(
            buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        return template == FencedRequestEncoder.TEMPLATE_ID ? offset + PREFIX : offset;
    }
}
