package io.peregrine.storage.map;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Comparing and copying bytes between raw memory and buffers. The caller has checked all bounds.
 */
final class Bytes
{
    private static final int WORD_COPY_LIMIT = 128;

    private Bytes()
    {
    }

    static boolean equal(final long address, final Object base, final long offset, final int length)
    {
        return equal(null, address, base, offset, length);
    }

    static boolean equal(
        final Object left, final long address, final Object base, final long offset, final int length)
    {
        int i = 0;
        for (final int end = length - Long.BYTES; i <= end; i += Long.BYTES)
        {
            if (UnsafeApi.getLong(left, address + i) != UnsafeApi.getLong(base, offset + i))
            {
                return false;
            }
        }
        if (i < length && length >= Long.BYTES)
        {
            i = length - Long.BYTES;
            return UnsafeApi.getLong(left, address + i) == UnsafeApi.getLong(base, offset + i);
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

    static void copyOut(final long address, final Object base, final long offset, final int length)
    {
        if (length <= WORD_COPY_LIMIT && length >= Long.BYTES)
        {
            final int last = length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES)
            {
                UnsafeApi.putLong(base, offset + i, UnsafeApi.getLong(address + i));
            }
            UnsafeApi.putLong(base, offset + last, UnsafeApi.getLong(address + last));
        }
        else
        {
            UnsafeApi.copyMemory(null, address, base, offset, length);
        }
    }

    static void copyIn(final Object base, final long offset, final long address, final int length)
    {
        if (length <= WORD_COPY_LIMIT && length >= Long.BYTES)
        {
            final int last = length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES)
            {
                UnsafeApi.putLong(address + i, UnsafeApi.getLong(base, offset + i));
            }
            UnsafeApi.putLong(address + last, UnsafeApi.getLong(base, offset + last));
        }
        else
        {
            UnsafeApi.copyMemory(base, offset, null, address, length);
        }
    }

    static long littleEndian(final long value)
    {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }
}
