package io.peregrine.node.control.wire;

import io.peregrine.node.codec.GroupSizeEncodingDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.VarDataEncodingDecoder;
import io.peregrine.node.control.StructureTable;
import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The piece of a buffer that a message is in. Everything is asked for here before it is read.
 */
final class Bounds
{
    /**
     * Bytes of the longest text: three for each UTF-16 unit.
     */
    static final int MAX_TEXT_BYTES = 3 * StructureTable.MAX_NAME_LENGTH;

    private static final int COUNT_OFFSET = Short.BYTES;

    private final DirectBuffer buffer;
    private final int end;

    /**
     * @param offset of the header.
     * @param length of header and message.
     */
    Bounds(final DirectBuffer buffer, final int offset, final int length) throws MalformedException
    {
        if (offset < 0 || length < 0 || length > buffer.capacity() - offset)
        {
            throw new MalformedException("a message of " + length + " bytes at " + offset + " is not in its buffer");
        }

        this.buffer = buffer;
        end = offset + length;
    }

    static void check(final boolean condition, final String what) throws MalformedException
    {
        if (!condition)
        {
            throw new MalformedException(what);
        }
    }

    /**
     * @return the header, of a message of our schema whose root block is there.
     */
    MessageHeaderDecoder header(final int offset) throws MalformedException
    {
        final MessageHeaderDecoder header = headerOfAnyVersion(offset);
        check(header.version() >= MessageHeaderDecoder.SCHEMA_VERSION, "an earlier version of the messages");
        return header;
    }

    /**
     * @return the header, of a message of our schema in any version, whose root block is there.
     */
    MessageHeaderDecoder headerOfAnyVersion(final int offset) throws MalformedException
    {
        fits(offset, MessageHeaderDecoder.ENCODED_LENGTH);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        check(header.schemaId() == MessageHeaderDecoder.SCHEMA_ID, "not a message of a grid's nodes");
        fits(offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength());
        return header;
    }

    /**
     * @param at          limit where the group begins.
     * @param blockLength of one of its elements, as this version knows it.
     * @param most        elements that are allowed.
     */
    void group(final int at, final int blockLength, final int most) throws MalformedException
    {
        fits(at, GroupSizeEncodingDecoder.ENCODED_LENGTH);
        final int count = buffer.getShort(at + COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        check(count <= most, "a group of " + count + " elements");
        check(length >= blockLength, "elements of " + length + " bytes");
    }

    /**
     * @param at          limit where the next element of a group begins.
     * @param blockLength of it, as the message says.
     */
    void element(final int at, final int blockLength) throws MalformedException
    {
        fits(at, blockLength);
    }

    /**
     * @param at limit where a text begins.
     * @return the text.
     */
    String text(final int at) throws MalformedException
    {
        fits(at, VarDataEncodingDecoder.varDataEncodingOffset());
        final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
        check(length >= 0 && length <= MAX_TEXT_BYTES, "a text of " + length + " bytes");
        fits(at + VarDataEncodingDecoder.varDataEncodingOffset(), length);
        final byte[] bytes = new byte[length];
        buffer.getBytes(at + VarDataEncodingDecoder.varDataEncodingOffset(), bytes);
        try
        {
            final String text = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes)).toString();
            check(text.length() <= StructureTable.MAX_NAME_LENGTH, "a text of " + text.length() + " characters");
            return text;
        }
        catch (final CharacterCodingException ex)
        {
            throw new MalformedException("a text that is not UTF-8");
        }
    }

    private void fits(final int at, final int length) throws MalformedException
    {
        check(length <= end - at, "a message that ends too early");
    }
}
