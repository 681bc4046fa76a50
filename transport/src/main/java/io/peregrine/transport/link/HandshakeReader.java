package io.peregrine.transport.link;

import io.peregrine.transport.codec.BeatDecoder;
import io.peregrine.transport.codec.DenialDecoder;
import io.peregrine.transport.codec.GoodbyeDecoder;
import io.peregrine.transport.codec.HelloDecoder;
import io.peregrine.transport.codec.MessageHeaderDecoder;
import io.peregrine.transport.codec.WelcomeDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Tells messages of the handshake from others and checks their lengths before anything of them is used: whatever came
 * is trusted in nothing. Single-threaded.
 */
final class HandshakeReader
{
    /**
     * What came.
     */
    enum Kind
    {
        /** A message of another schema, long enough to have a header. */
        OTHER,
        /** Not well-formed, or unknown here. */
        BAD,
        /** {@link #hello} is wrapped over it. */
        HELLO,
        /** {@link #welcome} is wrapped over it. */
        WELCOME,
        /** {@link #denial} is wrapped over it. */
        DENIAL,
        /** {@link #beat} is wrapped over it. */
        BEAT,
        /** {@link #goodbye} is wrapped over it. */
        GOODBYE
    }

    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    final HelloDecoder hello = new HelloDecoder();
    final WelcomeDecoder welcome = new WelcomeDecoder();
    final DenialDecoder denial = new DenialDecoder();
    final BeatDecoder beat = new BeatDecoder();
    final GoodbyeDecoder goodbye = new GoodbyeDecoder();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    Kind read(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < HEADER)
        {
            return Kind.BAD;
        }

        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID)
        {
            return Kind.OTHER;
        }

        final int at = offset + HEADER;
        final int block = header.blockLength();
        final int version = header.version();
        final int rest = length - HEADER - block;
        switch (header.templateId())
        {
            case HelloDecoder.TEMPLATE_ID:
                return fits(HelloDecoder.BLOCK_LENGTH, block, rest) && hasParts(buffer, at + block, rest, 2) ?
                    wrapped(Kind.HELLO, hello.wrap(buffer, at, block, version)) : Kind.BAD;
            case WelcomeDecoder.TEMPLATE_ID:
                return fits(WelcomeDecoder.BLOCK_LENGTH, block, rest) && hasParts(buffer, at + block, rest, 3) ?
                    wrapped(Kind.WELCOME, welcome.wrap(buffer, at, block, version)) : Kind.BAD;
            case DenialDecoder.TEMPLATE_ID:
                return fits(DenialDecoder.BLOCK_LENGTH, block, rest) && hasParts(buffer, at + block, rest, 1) ?
                    wrapped(Kind.DENIAL, denial.wrap(buffer, at, block, version)) : Kind.BAD;
            case BeatDecoder.TEMPLATE_ID:
                return fits(BeatDecoder.BLOCK_LENGTH, block, rest) ?
                    wrapped(Kind.BEAT, beat.wrap(buffer, at, block, version)) : Kind.BAD;
            case GoodbyeDecoder.TEMPLATE_ID:
                return fits(GoodbyeDecoder.BLOCK_LENGTH, block, rest) ?
                    wrapped(Kind.GOODBYE, goodbye.wrap(buffer, at, block, version)) : Kind.BAD;
            default:
                return Kind.BAD;
        }
    }

    private static Kind wrapped(final Kind kind, final Object decoder)
    {
        return decoder == null ? Kind.BAD : kind;
    }

    private static boolean fits(final int least, final int block, final int rest)
    {
        return block >= least && rest >= 0;
    }

    /**
     * A newer message may have more behind the parts that are known here.
     */
    private static boolean hasParts(final DirectBuffer buffer, final int offset, final int rest, final int parts)
    {
        int at = offset;
        int left = rest;
        for (int i = 0; i < parts; i++)
        {
            if (left < Integer.BYTES)
            {
                return false;
            }

            final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            left -= Integer.BYTES;
            if (length < 0 || length > left)
            {
                return false;
            }

            at += Integer.BYTES + length;
            left -= length;
        }

        return true;
    }
}
