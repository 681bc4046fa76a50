package io.peregrine.node.partition;

import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * What an entry was before a command: a field of its owner that is set anew for each.
 */
final class Previous
{
    private DirectBuffer buffer;
    private int offset;
    private int length;
    private boolean present;
    private boolean included;

    void set(
        final boolean isPresent,
        final boolean isIncluded,
        final DirectBuffer newBuffer,
        final int newOffset,
        final int newLength)
    {
        present = isPresent;
        included = isPresent && isIncluded;
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
    }

    boolean isPresent()
    {
        return present;
    }

    boolean isIncluded()
    {
        return included;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int offset()
    {
        return offset;
    }

    int length()
    {
        return length;
    }

    /**
     * @return the value as a number; an absent one counts as 0.
     */
    long number()
    {
        return included && length == Long.BYTES ? buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN) : 0;
    }
}
