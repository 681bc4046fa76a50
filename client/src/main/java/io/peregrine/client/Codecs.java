package io.peregrine.client;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The codecs that come with the grid. Each serves all threads.
 */
public final class Codecs
{
    /**
     * Text in UTF-8. Half a surrogate pair, and bytes that are not well-formed, are refused with
     * {@link ErrorCode#MALFORMED}. Keys are routed by {@link Routing#BRACES}.
     */
    public static final Codec<String> STRING = new StringCodec();

    /**
     * Bytes as they are. Keys are routed by the whole.
     */
    public static final Codec<byte[]> BYTES = new BytesCodec();

    /**
     * A number in 8 bytes, little endian: as a value, what counters are made of.
     */
    public static final Codec<Long> LONG = new LongCodec();

    private Codecs()
    {
    }

    /**
     * A codec with another rule of routing.
     *
     * @param codec   to encode and decode.
     * @param routing its rule.
     * @param <T>     what is encoded.
     * @return a new codec.
     */
    public static <T> Codec<T> routed(final Codec<T> codec, final Routing routing)
    {
        return new RoutedCodec<>(codec, routing);
    }

    private static final class StringCodec implements Codec<String>
    {
        @Override
        public int encode(final String value, final MutableDirectBuffer buffer, final int offset)
        {
            final int length = Utf8.encode(value, buffer, offset);
            if (length == Utf8.MALFORMED)
            {
                throw Errors.failed(ErrorCode.MALFORMED, "the text has half a surrogate pair and is not Unicode");
            }
            return length;
        }

        @Override
        public String decode(final DirectBuffer buffer, final int offset, final int length)
        {
            final String text = Utf8.decode(buffer, offset, length);
            if (text == null)
            {
                throw new FailedException(ErrorCode.MALFORMED,
                    "what is stored there is not UTF-8; it stays as it is; read it with the codec that wrote it");
            }
            return text;
        }

        @Override
        public Routing routing()
        {
            return Routing.BRACES;
        }
    }

    private static final class BytesCodec implements Codec<byte[]>
    {
        @Override
        public int encode(final byte[] value, final MutableDirectBuffer buffer, final int offset)
        {
            buffer.putBytes(offset, value, 0, value.length);
            return value.length;
        }

        @Override
        public byte[] decode(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] array = buffer.byteArray();
            if (array != null)
            {
                // The compiler knows this copy, and does not clear the new array before it.
                final int from = buffer.wrapAdjustment() + offset;
                return Arrays.copyOfRange(array, from, from + length);
            }
            final byte[] value = new byte[length];
            buffer.getBytes(offset, value, 0, length);
            return value;
        }
    }

    private static final class LongCodec implements Codec<Long>
    {
        @Override
        public int encode(final Long value, final MutableDirectBuffer buffer, final int offset)
        {
            buffer.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
            return Long.BYTES;
        }

        @Override
        public Long decode(final DirectBuffer buffer, final int offset, final int length)
        {
            if (length != Long.BYTES)
            {
                throw new FailedException(ErrorCode.NOT_A_NUMBER, "what is stored there has " + length +
                    " bytes and not 8; it stays as it is; read it with the codec that wrote it");
            }
            return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private record RoutedCodec<T>(Codec<T> codec, Routing routing) implements Codec<T>
    {
        @Override
        public int encode(final T value, final MutableDirectBuffer buffer, final int offset)
        {
            return codec.encode(value, buffer, offset);
        }

        @Override
        public T decode(final DirectBuffer buffer, final int offset, final int length)
        {
            return codec.decode(buffer, offset, length);
        }
    }
}
