package io.peregrine.storage.partition;

import org.agrona.DirectBuffer;

/**
 * Where a structure writes the body of a chunk: behind what is already in a growing buffer.
 */
final class ChunkTarget
{
    final ChunkBody records;

    private final GrowingBuffer growing;
    private final int softLimit;
    private int offset;
    private int length;

    ChunkTarget(final GrowingBuffer growing, final int softLimit)
    {
        this.growing = growing;
        this.softLimit = softLimit;
        records = new ChunkBody(growing, softLimit);
    }

    /**
     * Bytes that a body is to have at most, if it has more than one thing in it.
     */
    int softLimit()
    {
        return softLimit;
    }

    void begin(final int bodyOffset)
    {
        offset = bodyOffset;
        length = 0;
    }

    int offset()
    {
        return offset;
    }

    /**
     * The body is there already.
     */
    void length(final int bodyLength)
    {
        length = bodyLength;
    }

    /**
     * This is the body.
     */
    void put(final DirectBuffer body, final int bodyLength)
    {
        growing.ensure(offset + bodyLength);
        growing.buffer.putBytes(offset, body, 0, bodyLength);
        length = bodyLength;
    }

    int length()
    {
        return length;
    }
}
