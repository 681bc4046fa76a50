package io.peregrine.node.partition;

import io.peregrine.storage.codec.CloseSessionDecoder;
import io.peregrine.storage.codec.ExpireDecoder;
import io.peregrine.storage.codec.OpenSessionDecoder;
import io.peregrine.storage.log.EntryStamp;
import org.agrona.DirectBuffer;

/**
 * What entries are to who applies them. Pure.
 */
final class EntryKinds
{
    private EntryKinds()
    {
    }

    /**
     * @return whether the request of an entry may be carried out again though the entry is in the log: opening a second
     *         session does no harm, nor does closing one twice.
     */
    static boolean isRepeatable(final DirectBuffer buffer, final int offset)
    {
        final int template = EntryStamp.templateId(buffer, offset);
        return EntryStamp.requestNumber(buffer, offset) != 0 ||
            template == OpenSessionDecoder.TEMPLATE_ID || template == CloseSessionDecoder.TEMPLATE_ID;
    }

    /**
     * @return whether an entry removes what is past its end.
     */
    static boolean isExpiry(final DirectBuffer buffer, final int offset)
    {
        return EntryStamp.templateId(buffer, offset) == ExpireDecoder.TEMPLATE_ID;
    }

    /**
     * @return whether an entry opens a session.
     */
    static boolean opensSession(final DirectBuffer buffer, final int offset)
    {
        return EntryStamp.templateId(buffer, offset) == OpenSessionDecoder.TEMPLATE_ID;
    }
}
