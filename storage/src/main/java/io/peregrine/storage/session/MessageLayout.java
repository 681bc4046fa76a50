package io.peregrine.storage.session;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;

/**
 * Walks over a message that came from outside by the lengths that it declares, and never past its end. What it accepts
 * can be decoded by the flyweights with bounds checks off.
 */
public final class MessageLayout
{
    /**
     * The bytes are not such a message.
     */
    public static final int GARBAGE = -1;

    private static final int HEADER_LENGTH = 8;
    private static final int GROUP_HEADER_LENGTH = 4;

    private MessageLayout()
    {
    }

    /**
     * Step over the header and the root block.
     *
     * @param buffer      with the message.
     * @param offset      where it begins.
     * @param end         where its bytes end.
     * @param templateId  expected.
     * @param schemaId    expected.
     * @param blockLength expected.
     * @return offset behind the block, or {@link #GARBAGE}.
     */
    public static int skipRoot(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final int templateId,
        final int schemaId,
        final int blockLength)
    {
        final int length = HEADER_LENGTH + blockLength;
        return offset < 0 || end - offset < length || unsignedShort(buffer, offset) != blockLength ||
            unsignedShort(buffer, offset + 2) != templateId || unsignedShort(buffer, offset + 4) != schemaId ?
            GARBAGE : offset + length;
    }

    /**
     * Step over a group.
     *
     * @param buffer      with the message.
     * @param offset      where the group begins, or {@link #GARBAGE}.
     * @param end         where its bytes end.
     * @param blockLength of an element, expected.
     * @param datas       how many data fields each element has.
     * @return offset behind the group, or {@link #GARBAGE}.
     */
    public static int skipGroup(
        final DirectBuffer buffer, final int offset, final int end, final int blockLength, final int datas)
    {
        if (offset == GARBAGE || end - offset < GROUP_HEADER_LENGTH || unsignedShort(buffer, offset) != blockLength)
        {
            return GARBAGE;
        }
        final int count = unsignedShort(buffer, offset + 2);
        int at = offset + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count && at != GARBAGE; i++)
        {
            at = end - at < blockLength ? GARBAGE : at + blockLength;
            for (int data = 0; data < datas; data++)
            {
                at = skipData(buffer, at, end);
            }
        }
        return at;
    }

    /**
     * Step over a data field.
     *
     * @param buffer with the message.
     * @param offset where its length is, or {@link #GARBAGE}.
     * @param end    where the bytes of the message end.
     * @return offset behind the field, or {@link #GARBAGE}.
     */
    public static int skipData(final DirectBuffer buffer, final int offset, final int end)
    {
        if (offset == GARBAGE || end - offset < Integer.BYTES)
        {
            return GARBAGE;
        }
        final int length = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        return length < 0 || end - offset - Integer.BYTES < length ? GARBAGE : offset + Integer.BYTES + length;
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
