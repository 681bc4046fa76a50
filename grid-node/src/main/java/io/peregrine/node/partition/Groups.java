package io.peregrine.node.partition;

import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Checks a repeating group against the message that it is in, before any of it is read.
 */
final class Groups
{
    private static final int HEADER = 4;
    private static final int COUNT_OFFSET = 2;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private Groups()
    {
    }

    /**
     * @param at          where the group begins.
     * @param end         of the message.
     * @param blockLength of an element, in this version of the schema.
     * @return whether it is there, and its elements reach up to the end of the message and no further.
     */
    static boolean fills(final DirectBuffer buffer, final int at, final int end, final int blockLength)
    {
        if (end - at < HEADER)
        {
            return false;
        }

        final int each = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & UNSIGNED_SHORT;
        final int count = buffer.getShort(at + COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & UNSIGNED_SHORT;
        return each >= blockLength && end - at - HEADER == (long) each * count;
    }
}
