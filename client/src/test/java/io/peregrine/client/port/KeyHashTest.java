package io.peregrine.client.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KeyHashTest
{
    private static final long PRIME32 = 2654435761L;
    private static final long PRIME64 = 0x9E3779B185EBCA8DL;

    @Test
    void shouldGiveTheReferenceValuesOfXxHash64()
    {
        assertEquals(0xEF46DB3751D8E999L, hash(""));
        assertEquals(0xD24EC4F1A98C6E5BL, hash("a"));
        assertEquals(0x44BC2CF5AD770999L, hash("abc"));
        assertEquals(0xFBCEA83C8A378BF1L, hash("Nobody inspects the spammish repetition"));
    }

    @Test
    void shouldGiveTheValuesOfTheReferenceSanityCheckWhenLengthsReachEveryBranch()
    {
        final byte[] bytes = sanityBytes(222);
        assertEquals(0xE934A84ADB052768L, hash(bytes, 1));
        assertEquals(0x9136A0DCA57457EEL, hash(bytes, 4));
        assertEquals(0x8282DCC4994E35C8L, hash(bytes, 14));
        assertEquals(0xB641AE8CB691C174L, hash(bytes, 222));
    }

    @Test
    void shouldNotDependOnWhereTheBytesAre()
    {
        final byte[] bytes = sanityBytes(100);
        for (int shift = 1; shift < 9; shift++)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[120]);
            buffer.putBytes(shift, bytes);
            assertEquals(hash(bytes, 100), KeyHash.hash(buffer, shift, 100));
        }
    }

    @Test
    void shouldSpreadKeysEvenlyOverPartitions()
    {
        final int[] counts = new int[256];
        for (int i = 0; i < 256_000; i++)
        {
            counts[KeyHash.partition(hash("key-" + i), 256)]++;
        }
        for (final int count : counts)
        {
            assertTrue(count > 800 && count < 1200, "uneven: " + count);
        }
    }

    @Test
    void shouldStayWithinThePartitionsWhenTheHashIsExtreme()
    {
        assertEquals(0, KeyHash.partition(0, 256));
        assertEquals(255, KeyHash.partition(-1, 256));
        assertEquals(0, KeyHash.partition(-1, 1));
        assertEquals(4095, KeyHash.partition(0xFFFF_FFFFL, 4096));
    }

    private static long hash(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return hash(bytes, bytes.length);
    }

    private static long hash(final byte[] bytes, final int length)
    {
        return KeyHash.hash(new UnsafeBuffer(bytes), 0, length);
    }

    private static byte[] sanityBytes(final int length)
    {
        final byte[] bytes = new byte[length];
        long generator = PRIME32;
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte) (generator >>> 56);
            generator *= PRIME64;
        }
        return bytes;
    }
}
