package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.peregrine.client.codec.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest
{
    private static final String ALPHABET = "aZ09~\u0000\u007f\u0080\u00e9\u07ff\u0800\u20ac\uffff";

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldEncodeTextLikeTheJdk()
    {
        final Random random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            final StringBuilder text = new StringBuilder();
            final int length = random.nextInt(40);
            final boolean ascii = random.nextBoolean();
            while (text.length() < length)
            {
                final int choice = random.nextInt(ascii ? 5 : ALPHABET.length() + 1);
                if (choice == ALPHABET.length())
                {
                    text.appendCodePoint(Character.MIN_SUPPLEMENTARY_CODE_POINT + random.nextInt(0x100000));
                }
                else
                {
                    text.append(ALPHABET.charAt(choice));
                }
            }
            final byte[] expected = text.toString().getBytes(StandardCharsets.UTF_8);
            final int written = Codecs.STRING.encode(text.toString(), buffer, 3);
            final byte[] actual = new byte[written];
            buffer.getBytes(3, actual);
            assertArrayEquals(expected, actual);
            assertEquals(text.toString(), Codecs.STRING.decode(buffer, 3, written));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "12345678\udc00", "a\ud800b", "\udc00\ud800", "\u0141\ud83d"})
    void shouldRefuseHalfASurrogatePair(final String text)
    {
        final FailedException ex = assertThrows(FailedException.class, () -> Codecs.STRING.encode(text, buffer, 0));
        assertEquals(ErrorCode.MALFORMED, ex.code());
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8()
    {
        final byte[][] malformed = {
            {(byte) 0x80}, {(byte) 0xC3}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {'1', '2', '3', '4', '5', '6', '7', '8', (byte) 0xFF}};
        for (final byte[] bytes : malformed)
        {
            final FailedException ex = assertThrows(
                FailedException.class, () -> Codecs.STRING.decode(new UnsafeBuffer(bytes), 0, bytes.length));
            assertEquals(ErrorCode.MALFORMED, ex.code());
        }
    }

    @Test
    void shouldRefuseToReadANumberThatHasNotEightBytes()
    {
        assertEquals(8, Codecs.LONG.encode(Long.MIN_VALUE, buffer, 1));
        assertEquals(Long.MIN_VALUE, Codecs.LONG.decode(buffer, 1, 8));
        final FailedException ex = assertThrows(FailedException.class, () -> Codecs.LONG.decode(buffer, 1, 7));
        assertEquals(ErrorCode.NOT_A_NUMBER, ex.code());
    }

    @Test
    void shouldFindTheRoutingPartBetweenBraces()
    {
        assertEquals("user", part("{user}:1"));
        assertEquals("user", part("orders:{user}:1"));
        assertEquals("a", part("1234567{a}"));
        assertEquals("12345678901234567890", part("{12345678901234567890}"));
        assertEquals("{b", part("{{b}}"));
        assertEquals("whole", part("whole"));
        assertEquals("{}whole{a}", part("{}whole{a}"));
        assertEquals("}a{", part("}a{"));
        assertEquals("{open", part("{open"));
        assertEquals("{", part("{"));
    }

    @Test
    void shouldUseTheSameNumbersAsTheProtocol()
    {
        for (final ErrorCode code : ErrorCode.values())
        {
            assertEquals(code.name(), Reason.valueOf(code.name()).name());
            assertEquals(code.number(), Reason.valueOf(code.name()).value());
            assertEquals(code, ErrorCode.of(code.number()));
        }
        assertEquals(ErrorCode.values().length + 2, Reason.values().length, "besides NULL_VAL and SBE_UNKNOWN");
        assertEquals(ErrorCode.INTERNAL, ErrorCode.of(254));
    }

    private static String part(final String key)
    {
        final byte[] bytes = ("##" + key).getBytes(StandardCharsets.UTF_8);
        final long part = Codecs.STRING.routing().part(new UnsafeBuffer(bytes), 2, bytes.length - 2);
        return new String(bytes, (int) (part >>> 32), (int) part, StandardCharsets.UTF_8);
    }
}
