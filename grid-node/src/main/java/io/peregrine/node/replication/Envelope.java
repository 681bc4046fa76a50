package io.peregrine.node.replication;

import io.peregrine.node.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * The fields with which every message between nodes begins, behind its header and in the same places. Offsets are of
 * the message's header.
 */
public final class Envelope
{
    /**
     * Bytes of header and envelope: no message is shorter.
     */
    public static final int LENGTH = 32;

    private static final int INCARNATION_OFFSET = 8;
    private static final int TO_INCARNATION_OFFSET = 16;
    private static final int MEMBER_OFFSET = 24;
    private static final int AGENT_OFFSET = 28;
    private static final int RESERVED_OFFSET = 30;

    private Envelope()
    {
    }

    /**
     * Write the envelope of a message whose header is there.
     *
     * @param buffer        with the message.
     * @param offset        of its header.
     * @param self          the sender.
     * @param toIncarnation life of the receiver that is meant.
     */
    public static void write(
        final MutableDirectBuffer buffer, final int offset, final Self self, final long toIncarnation)
    {
        buffer.putLong(offset + INCARNATION_OFFSET, self.incarnation(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + TO_INCARNATION_OFFSET, toIncarnation, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + MEMBER_OFFSET, self.memberId(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(offset + AGENT_OFFSET, (short) self.agent(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(offset + RESERVED_OFFSET, (short) 0, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param header of a message.
     * @param buffer with the message.
     * @param offset of its header.
     * @param length of the message.
     * @return whether it is a message between nodes, of this version or a later one, and has all its fixed fields.
     */
    public static boolean isMessage(
        final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < LENGTH)
        {
            return false;
        }

        header.wrap(buffer, offset);
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            header.version() >= MessageHeaderDecoder.SCHEMA_VERSION &&
            header.blockLength() >= LENGTH - MessageHeaderDecoder.ENCODED_LENGTH &&
            header.blockLength() <= length - MessageHeaderDecoder.ENCODED_LENGTH;
    }

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @return life of the sender.
     */
    public static long incarnation(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + INCARNATION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @return life of the receiver that is meant.
     */
    public static long toIncarnation(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + TO_INCARNATION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @return member that sent it.
     */
    public static int member(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + MEMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @return data agent of the sender.
     */
    public static int agent(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + AGENT_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
