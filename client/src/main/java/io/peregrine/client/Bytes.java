package io.peregrine.client;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Bytes in the heap, equal by content.
 */
final class Bytes
{
    private Bytes()
    {
    }

    static boolean equal(final DirectBuffer buffer, final int offset, final int length, final byte[] other)
    {
        if (length != other.length)
        {
            return false;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return Arrays.equals(bytes, other);
    }
}
