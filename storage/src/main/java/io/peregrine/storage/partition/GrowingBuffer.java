package io.peregrine.storage.partition;

import java.util.Arrays;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A buffer on the heap that grows to what is asked of it, and stays the same object for the flyweights on it.
 */
final class GrowingBuffer
{
    private static final int MIN_CAPACITY = 256;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MIN_CAPACITY]);

    /**
     * Make sure of a capacity; what is in the buffer stays.
     */
    void ensure(final int capacity)
    {
        if (capacity > buffer.capacity())
        {
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), BitUtil.findNextPositivePowerOfTwo(capacity)));
        }
    }
}
