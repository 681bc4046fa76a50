package io.peregrine.client;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the grid keeps of an election: who was elected last.
 *
 * @param holder    number by which the grid knows the lease of the term.
 * @param candidate name that it has campaigned with.
 */
record Elected(long holder, String candidate)
{
    /**
     * The number, then the name.
     */
    static final Codec<Elected> CODEC = new Codec<>()
    {
        @Override
        public int encode(final Elected value, final MutableDirectBuffer buffer, final int offset)
        {
            buffer.putLong(offset, value.holder, ByteOrder.LITTLE_ENDIAN);
            return Long.BYTES + Codecs.STRING.encode(value.candidate, buffer, offset + Long.BYTES);
        }

        @Override
        public Elected decode(final DirectBuffer buffer, final int offset, final int length)
        {
            if (length < Long.BYTES)
            {
                throw new FailedException(ErrorCode.MALFORMED, "what is kept of an election has " + length +
                    " bytes; it stays as it is; campaign anew");
            }
            return new Elected(
                buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN),
                Codecs.STRING.decode(buffer, offset + Long.BYTES, length - Long.BYTES));
        }
    };
}
