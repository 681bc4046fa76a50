package io.peregrine.storage.map;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Comparing and copying bytes between raw memory and buffers. The caller has checked all bounds.
 * <p>
 * Short pieces are done in straight lines of words that overlap at the end, not in loops: a read waits for memory
 * twice, and the processor begins the next read meanwhile only if this one has few enough instructions to let it.
 * <p>
 * Arrays are told from other memory first, and the same is done for either: where the compiler does not know which it
 * is, each word costs it an instruction more, and what it knew of other fields.
 */
final class Bytes
{
    private static final int WORD = Long.BYTES;
    private static final int TWO = 2 * WORD;
    private static final int FOUR = 4 * WORD;
    private static final int EIGHT = 8 * WORD;
    private static final int SIXTEEN = 16 * WORD;

    private Bytes()
    {
    }

    /**
     * Whether or not Agrona checks bounds: nothing outside a buffer is touched.
     */
    static void check(final DirectBuffer buffer, final int offset, final int length)
    {
        Objects.checkFromIndexSize(offset, length, buffer.capacity());
    }

    static boolean equal(final long address, final byte[] base, final long offset, final int length)
    {
        if (length < WORD || length > TWO)
        {
            return equal(null, address, base, offset, length);
        }
        return base != null ? equalWords(address, base, offset, length) : equalWords(address, null, offset, length);
    }

    private static boolean equalWords(final long address, final Object base, final long offset, final int length)
    {
        final int last = length - WORD;
        return ((UnsafeApi.getLong(address) ^ UnsafeApi.getLong(base, offset)) |
            (UnsafeApi.getLong(address + last) ^ UnsafeApi.getLong(base, offset + last))) == 0;
    }

    static boolean equal(
        final Object left, final long address, final Object base, final long offset, final int length)
    {
        int i = 0;
        for (final int end = length - WORD; i <= end; i += WORD)
        {
            if (UnsafeApi.getLong(left, address + i) != UnsafeApi.getLong(base, offset + i))
            {
                return false;
            }
        }
        for (; i < length; i++)
        {
            if (UnsafeApi.getByte(left, address + i) != UnsafeApi.getByte(base, offset + i))
            {
                return false;
            }
        }
        return true;
    }

    static void copyOut(final long address, final byte[] base, final long offset, final int length)
    {
        if (base != null)
        {
            copy(null, address, base, offset, length);
        }
        else
        {
            copy(null, address, null, offset, length);
        }
    }

    static void copyIn(final byte[] base, final long offset, final long address, final int length)
    {
        if (base != null)
        {
            copy(base, offset, null, address, length);
        }
        else
        {
            copy(null, offset, null, address, length);
        }
    }

    static long littleEndian(final long value)
    {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }

    private static void copy(final Object src, final long from, final Object dst, final long to, final int length)
    {
        if (length > SIXTEEN)
        {
            UnsafeApi.copyMemory(src, from, dst, to, length);
        }
        else if (length >= EIGHT)
        {
            copy8(src, from, dst, to);
            copy8(src, from + length - EIGHT, dst, to + length - EIGHT);
        }
        else if (length >= FOUR)
        {
            copy4(src, from, dst, to);
            copy4(src, from + length - FOUR, dst, to + length - FOUR);
        }
        else if (length >= WORD)
        {
            copyFew(src, from, dst, to, length);
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                UnsafeApi.putByte(dst, to + i, UnsafeApi.getByte(src, from + i));
            }
        }
    }

    private static void copyFew(final Object src, final long from, final Object dst, final long to, final int length)
    {
        copy1(src, from, dst, to);
        if (length > TWO)
        {
            copy1(src, from + WORD, dst, to + WORD);
            copy1(src, from + length - TWO, dst, to + length - TWO);
        }
        copy1(src, from + length - WORD, dst, to + length - WORD);
    }

    private static void copy8(final Object src, final long from, final Object dst, final long to)
    {
        copy4(src, from, dst, to);
        copy4(src, from + FOUR, dst, to + FOUR);
    }

    private static void copy4(final Object src, final long from, final Object dst, final long to)
    {
        copy1(src, from, dst, to);
        copy1(src, from + WORD, dst, to + WORD);
        copy1(src, from + TWO, dst, to + TWO);
        copy1(src, from + TWO + WORD, dst, to + TWO + WORD);
    }

    private static void copy1(final Object src, final long from, final Object dst, final long to)
    {
        UnsafeApi.putLong(dst, to, UnsafeApi.getLong(src, from));
    }
}
