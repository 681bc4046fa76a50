package io.peregrine.node.command.dump;

import io.peregrine.client.Routing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * How the bytes of a key or a value are written as text. What one form writes, it reads back as the same bytes.
 */
public enum TextForm
{
    /**
     * Text in UTF-8, as the codec for strings encodes it.
     */
    STRING("text in UTF-8")
    {
        @Override
        public byte[] parse(final String text)
        {
            try
            {
                final ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
                final byte[] result = new byte[bytes.remaining()];
                bytes.get(result);
                return result;
            }
            catch (final CharacterCodingException ex)
            {
                throw refusal(text);
            }
        }

        @Override
        public String format(final byte[] bytes)
        {
            try
            {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            }
            catch (final CharacterCodingException ex)
            {
                throw otherForm(bytes);
            }
        }

        @Override
        public Routing routing()
        {
            return Routing.BRACES;
        }
    },

    /**
     * A whole number, 8 bytes little endian, as the codec for numbers encodes it.
     */
    LONG("a whole number of 64 bits")
    {
        @Override
        public byte[] parse(final String text)
        {
            try
            {
                return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(Long.parseLong(text)).array();
            }
            catch (final NumberFormatException ex)
            {
                throw refusal(text);
            }
        }

        @Override
        public String format(final byte[] bytes)
        {
            if (bytes.length != Long.BYTES)
            {
                throw otherForm(bytes);
            }
            return Long.toString(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        }
    },

    /**
     * Any bytes, two hexadecimal digits each.
     */
    HEX("hexadecimal digits, two for a byte")
    {
        @Override
        public byte[] parse(final String text)
        {
            try
            {
                return HexFormat.of().parseHex(text);
            }
            catch (final IllegalArgumentException ex)
            {
                throw refusal(text);
            }
        }

        @Override
        public String format(final byte[] bytes)
        {
            return HexFormat.of().formatHex(bytes);
        }
    },

    /**
     * Any bytes in Base64.
     */
    BASE64("Base64")
    {
        @Override
        public byte[] parse(final String text)
        {
            try
            {
                return Base64.getDecoder().decode(text);
            }
            catch (final IllegalArgumentException ex)
            {
                throw refusal(text);
            }
        }

        @Override
        public String format(final byte[] bytes)
        {
            return Base64.getEncoder().encodeToString(bytes);
        }
    };

    private static final int SHOWN = 40;

    private final String what;

    TextForm(final String what)
    {
        this.what = what;
    }

    /**
     * @param text in this form.
     * @return the bytes.
     * @throws IllegalArgumentException with a message for the user, when it is not in this form.
     */
    public abstract byte[] parse(String text);

    /**
     * @param bytes of a key or a value.
     * @return the text.
     * @throws IllegalArgumentException with a message for the user, when this form cannot say them.
     */
    public abstract String format(byte[] bytes);

    /**
     * @return the rule by which keys of this form find their partition.
     */
    public Routing routing()
    {
        return Routing.WHOLE;
    }

    IllegalArgumentException refusal(final String text)
    {
        final String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return new IllegalArgumentException("'" + shown + "' is not " + what);
    }

    IllegalArgumentException otherForm(final byte[] bytes)
    {
        return new IllegalArgumentException("what is stored there, " + bytes.length + " bytes, is not " + what +
            ": say what it is (--key-type, --value-type)");
    }
}
