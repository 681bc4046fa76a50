package io.peregrine.node.control.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Texts as they are sent.
 */
final class Texts
{
    private Texts()
    {
    }

    /**
     * @param text of Unicode characters.
     * @return its UTF-8.
     */
    static byte[] encode(final String text)
    {
        try
        {
            final ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            final byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        }
        catch (final CharacterCodingException ex)
        {
            throw new IllegalArgumentException("a text with half a character in it cannot be sent; name it otherwise");
        }
    }
}
