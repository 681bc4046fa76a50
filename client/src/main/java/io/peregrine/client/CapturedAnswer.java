package io.peregrine.client;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A copy of the answer that was waited for. Single-threaded; gives the memory of a long answer back with the next one.
 */
final class CapturedAnswer
{
    private static final int SMALLEST = 512;
    private static final int KEEP = 256 * 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SMALLEST]);

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    void capture(final DirectBuffer answer, final int offset, final int length)
    {
        final int capacity = buffer.capacity();
        if (capacity < length || capacity > KEEP && length <= KEEP)
        {
            buffer.wrap(new byte[Math.max(SMALLEST, length)]);
        }
        buffer.putBytes(0, answer, offset, length);
    }
}
