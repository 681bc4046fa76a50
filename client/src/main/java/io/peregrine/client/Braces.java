package io.peregrine.client;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Finds the routing part of keys that are text: eight bytes at a time, for nearly all keys have none.
 */
final class Braces
{
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private Braces()
    {
    }

    static long part(final DirectBuffer key, final int offset, final int length)
    {
        final int end = offset + length;
        final int open = indexOf(key, offset, end, '{');
        if (open < end)
        {
            final int close = indexOf(key, open + 1, end, '}');
            if (close < end && close > open + 1)
            {
                return Routing.range(open + 1, close - open - 1);
            }
        }
        return Routing.range(offset, length);
    }

    private static int indexOf(final DirectBuffer key, final int from, final int end, final char sought)
    {
        final long pattern = ONES * sought;
        int at = from;
        for (; at + 8 <= end; at += 8)
        {
            final long word = key.getLong(at, ByteOrder.LITTLE_ENDIAN) ^ pattern;
            final long found = (word - ONES) & ~word & HIGHS;
            if (found != 0)
            {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < end && key.getByte(at) != sought)
        {
            at++;
        }
        return at;
    }
}
