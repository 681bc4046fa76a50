package io.peregrine.client;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import org.agrona.DirectBuffer;

/**
 * Answers that are refusals.
 */
final class Refusals
{
    private Refusals()
    {
    }

    /**
     * The exception for a refusal.
     *
     * @return null if the message is none.
     */
    static GridException errorOf(final DirectBuffer buffer, final int offset)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() != RefusalDecoder.TEMPLATE_ID)
        {
            return null;
        }
        return Errors.of(new RefusalDecoder().wrap(
            buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version()));
    }

    static void throwIfRefused(final DirectBuffer buffer, final int offset)
    {
        final GridException error = errorOf(buffer, offset);
        if (error != null)
        {
            throw error;
        }
    }
}
