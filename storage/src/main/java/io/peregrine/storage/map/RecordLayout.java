package io.peregrine.storage.map;

import org.agrona.UnsafeApi;

/**
 * How a record lies in memory.
 * <pre>
 *   0  version, 8 bytes, never negative
 *   8  shape, 8 bytes: flags 3 bits | key length 13 | value length 24 | structure id 24
 *  16  deadline 8 | previous 4 | next 4           only with EXPIRES; neighbours in the wheel
 *  32  longest idle time 8 | last use 8           only with IDLE, which implies EXPIRES
 *      key, then value
 *      or with CHUNKED: key, padding to 8 bytes, references of the chunks, 4 bytes each
 * </pre>
 * The hash of the key is not stored: the index has half of it, and the other half is needed rarely enough to compute
 * it.
 */
final class RecordLayout
{
    static final int VERSION = 0;
    static final int SHAPE = 8;
    static final int DEADLINE = 16;
    static final int PREVIOUS = 24;
    static final int NEXT = 28;
    static final int MAX_IDLE = 32;
    static final int TOUCHED = 40;

    static final int EXPIRES = 1;
    static final int IDLE = 2;
    static final int CHUNKED = 4;

    static final int BASE_HEADER = 16;
    static final int LONGEST_HEADER = 48;
    static final int INLINE_LIMIT = 4096 - LONGEST_HEADER;
    static final int INLINE_VALUE = 1024;

    private static final int ID_MASK = 0xFF_FFFF;
    private static final int VALUE_SHIFT = 24;
    private static final int VALUE_MASK = 0xFF_FFFF;
    private static final int KEY_SHIFT = 48;
    private static final int KEY_MASK = 0x1FFF;
    private static final int FLAGS_SHIFT = 61;

    private RecordLayout()
    {
    }

    static void check(final int keyLength, final int valueLength, final long version)
    {
        if (keyLength < 0 || keyLength > MapStore.MAX_KEY_LENGTH)
        {
            throw new IllegalArgumentException("key of " + keyLength + " bytes; at most " + MapStore.MAX_KEY_LENGTH);
        }
        if (valueLength < 0 || valueLength > MapStore.MAX_VALUE_LENGTH)
        {
            throw new IllegalArgumentException(
                "value of " + valueLength + " bytes; at most " + MapStore.MAX_VALUE_LENGTH);
        }
        if (version < 0)
        {
            throw new IllegalArgumentException("negative version " + version);
        }
    }

    static long shape(final int structureId, final int keyLength, final int valueLength, final int flags)
    {
        return ((long) flags << FLAGS_SHIFT) | ((long) keyLength << KEY_SHIFT) | ((long) valueLength << VALUE_SHIFT) |
            structureId;
    }

    static int structureId(final long shape)
    {
        return (int) shape & ID_MASK;
    }

    static int keyLength(final long shape)
    {
        return (int) (shape >>> KEY_SHIFT) & KEY_MASK;
    }

    static int valueLength(final long shape)
    {
        return (int) (shape >>> VALUE_SHIFT) & VALUE_MASK;
    }

    static int flags(final long shape)
    {
        return (int) (shape >>> FLAGS_SHIFT);
    }

    static boolean isChunked(final long shape)
    {
        return shape < 0;
    }

    static int flags(final int keyLength, final int valueLength, final Expiry expiry)
    {
        return expiryFlags(expiry) | (isChunked(keyLength, valueLength) ? CHUNKED : 0);
    }

    static int expiryFlags(final Expiry expiry)
    {
        if (expiry == null)
        {
            return 0;
        }
        if (expiry.maxIdle() != 0)
        {
            return EXPIRES | IDLE;
        }
        return expiry.deadline() != 0 ? EXPIRES : 0;
    }

    static boolean isChunked(final int keyLength, final int valueLength)
    {
        return keyLength + valueLength > INLINE_LIMIT && valueLength > INLINE_VALUE;
    }

    static int headerLength(final int flags)
    {
        return BASE_HEADER + ((flags & EXPIRES) << 4) + ((flags & IDLE) << 3);
    }

    static int payloadLength(final int keyLength, final int valueLength, final int flags)
    {
        return (flags & CHUNKED) == 0 ? keyLength + valueLength :
            align(keyLength) + Chunks.count(valueLength) * Integer.BYTES;
    }

    static int size(final int keyLength, final int valueLength, final int flags)
    {
        return headerLength(flags) + payloadLength(keyLength, valueLength, flags);
    }

    static int align(final int length)
    {
        return (length + 7) & -8;
    }

    static long keyAddress(final long record, final long shape)
    {
        return record + headerLength(flags(shape));
    }

    static long valueAddress(final long record, final long shape)
    {
        return keyAddress(record, shape) + keyLength(shape);
    }

    static long listAddress(final long record, final long shape)
    {
        return keyAddress(record, shape) + align(keyLength(shape));
    }

    static long shape(final long record)
    {
        return UnsafeApi.getLong(record + SHAPE);
    }

    static long version(final long record)
    {
        return UnsafeApi.getLong(record + VERSION);
    }

    static long deadline(final long record, final int flags)
    {
        return (flags & EXPIRES) == 0 ? 0 : UnsafeApi.getLong(record + DEADLINE);
    }

    static long maxIdle(final long record, final int flags)
    {
        return (flags & IDLE) == 0 ? 0 : UnsafeApi.getLong(record + MAX_IDLE);
    }

    static long touched(final long record, final int flags)
    {
        return (flags & IDLE) == 0 ? 0 : UnsafeApi.getLong(record + TOUCHED);
    }

    static long end(final long record, final int flags)
    {
        return (flags & EXPIRES) == 0 ? Long.MAX_VALUE :
            Expiry.end(deadline(record, flags), maxIdle(record, flags), touched(record, flags));
    }

    static void writeExpiry(final long record, final int flags, final Expiry expiry)
    {
        if ((flags & EXPIRES) != 0)
        {
            UnsafeApi.putLong(record + DEADLINE, expiry.deadline());
            if ((flags & IDLE) != 0)
            {
                UnsafeApi.putLong(record + MAX_IDLE, expiry.maxIdle());
                UnsafeApi.putLong(record + TOUCHED, expiry.touched());
            }
        }
    }
}
