package io.peregrine.transport.guard;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Whether a datagram holds what its headers say. The driver copies it into a term as it is, and whoever reads the term
 * follows its lengths. Pure.
 */
final class Frames
{
    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;
    private static final int ALIGNMENT = FrameDescriptor.FRAME_ALIGNMENT;

    private Frames()
    {
    }

    /**
     * @return whether these are frames of one stream, one behind the other, that end where the datagram ends and within
     *         the term; or a sign of life without data; or padding to no further than the end of the term.
     */
    static boolean areWhole(final DirectBuffer buffer, final int length, final long termLength)
    {
        if (length < HEADER || (length & (ALIGNMENT - 1)) != 0)
        {
            return false;
        }

        final long termOffset = intAt(buffer, DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET);
        if (termOffset < 0 || (termOffset & (ALIGNMENT - 1)) != 0 || termOffset + length > termLength + ALIGNMENT)
        {
            return false;
        }
        if (intAt(buffer, HeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET) == 0)
        {
            return length == HEADER && termOffset <= termLength;
        }

        return termOffset + length <= termLength && areFrames(buffer, length, (int) termOffset, termLength);
    }

    private static boolean areFrames(
        final DirectBuffer buffer, final int length, final int termOffset, final long termLength)
    {
        for (int at = 0; at < length;)
        {
            final int frameLength = intAt(buffer, at + HeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET);
            final int type = typeAt(buffer, at);
            if (length - at < HEADER || frameLength < HEADER || !isOfTheSame(buffer, at, termOffset))
            {
                return false;
            }
            if (type == HeaderFlyweight.HDR_TYPE_PAD)
            {
                // Only its header is sent, and it is the last.
                return length - at == HEADER && frameLength <= termLength - termOffset - at;
            }

            final int aligned = frameLength + (ALIGNMENT - 1) & -ALIGNMENT;
            if (type != HeaderFlyweight.HDR_TYPE_DATA || aligned < frameLength || aligned > length - at)
            {
                return false;
            }
            at += aligned;
        }

        return true;
    }

    private static boolean isOfTheSame(final DirectBuffer buffer, final int at, final int termOffset)
    {
        return intAt(buffer, at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) == termOffset + at &&
            intAt(buffer, at + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET) ==
                intAt(buffer, DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET) &&
            intAt(buffer, at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) ==
                intAt(buffer, DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) &&
            intAt(buffer, at + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET) ==
                intAt(buffer, DataHeaderFlyweight.TERM_ID_FIELD_OFFSET);
    }

    private static int typeAt(final DirectBuffer buffer, final int at)
    {
        return buffer.getShort(at + HeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static int intAt(final DirectBuffer buffer, final int at)
    {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }
}
