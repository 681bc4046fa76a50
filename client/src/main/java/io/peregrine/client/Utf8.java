package io.peregrine.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Strict UTF-8. ASCII is encoded without garbage and eight characters at a time through a register, so that whoever
 * reads the bytes back as longs does not wait for single bytes to be stored.
 */
final class Utf8
{
    static final int MALFORMED = -1;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private Utf8()
    {
    }

    /**
     * Encode text.
     *
     * @return bytes written, or {@link #MALFORMED} if there is half a surrogate pair.
     */
    static int encode(final String text, final MutableDirectBuffer buffer, final int offset)
    {
        final int length = text.length();
        int i = 0;
        for (; i + 8 <= length; i += 8)
        {
            final int low = pack(text, i);
            final int high = pack(text, i + 4);
            if ((low | high) < 0)
            {
                return encodeRest(text, i, buffer, offset);
            }
            buffer.putLong(offset + i, low | (long) high << 32, ByteOrder.LITTLE_ENDIAN);
        }
        if (i + 4 <= length)
        {
            final int word = pack(text, i);
            if (word < 0)
            {
                return encodeRest(text, i, buffer, offset);
            }
            buffer.putInt(offset + i, word, ByteOrder.LITTLE_ENDIAN);
            i += 4;
        }
        return i == length ? length : encodeRest(text, i, buffer, offset);
    }

    /**
     * Decode text.
     *
     * @return the text, or null if the bytes are not well-formed.
     */
    static String decode(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        if (isAscii(buffer, offset, length))
        {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try
        {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            return null;
        }
    }

    /**
     * Four characters in one word, or -1 if one of them is not ASCII.
     */
    private static int pack(final String text, final int i)
    {
        final char a = text.charAt(i);
        final char b = text.charAt(i + 1);
        final char c = text.charAt(i + 2);
        final char d = text.charAt(i + 3);
        return (a | b | c | d) < 0x80 ? a | b << 8 | c << 16 | d << 24 : -1;
    }

    private static int encodeRest(final String text, final int from, final MutableDirectBuffer buffer, final int offset)
    {
        final int length = text.length();
        int at = offset + from;
        int i = from;
        while (i < length)
        {
            final char c = text.charAt(i++);
            if (c < 0x80)
            {
                buffer.putByte(at++, (byte) c);
            }
            else if (c < 0x800)
            {
                buffer.putByte(at++, (byte) (0xC0 | c >> 6));
                buffer.putByte(at++, (byte) (0x80 | c & 0x3F));
            }
            else if (!Character.isSurrogate(c))
            {
                buffer.putByte(at++, (byte) (0xE0 | c >> 12));
                buffer.putByte(at++, (byte) (0x80 | c >> 6 & 0x3F));
                buffer.putByte(at++, (byte) (0x80 | c & 0x3F));
            }
            else if (Character.isHighSurrogate(c) && i < length && Character.isLowSurrogate(text.charAt(i)))
            {
                at = encodePair(Character.toCodePoint(c, text.charAt(i++)), buffer, at);
            }
            else
            {
                return MALFORMED;
            }
        }
        return at - offset;
    }

    private static int encodePair(final int point, final MutableDirectBuffer buffer, final int at)
    {
        buffer.putByte(at, (byte) (0xF0 | point >> 18));
        buffer.putByte(at + 1, (byte) (0x80 | point >> 12 & 0x3F));
        buffer.putByte(at + 2, (byte) (0x80 | point >> 6 & 0x3F));
        buffer.putByte(at + 3, (byte) (0x80 | point & 0x3F));
        return at + 4;
    }

    private static boolean isAscii(final DirectBuffer buffer, final int offset, final int length)
    {
        final int end = offset + length;
        int at = offset;
        for (; at + 8 <= end; at += 8)
        {
            if ((buffer.getLong(at) & HIGHS) != 0)
            {
                return false;
            }
        }
        int bits = 0;
        for (; at < end; at++)
        {
            bits |= buffer.getByte(at);
        }
        return bits >= 0;
    }
}
