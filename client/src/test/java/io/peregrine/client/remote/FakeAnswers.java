package io.peregrine.client.remote;

import io.peregrine.client.port.MessageSink;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a fake node writes its answers to one lane.
 */
final class FakeAnswers implements MessageSink
{
    private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
    private final FakeConnection connection;
    private final int tag;

    FakeAnswers(final FakeConnection connection, final int tag)
    {
        this.connection = connection;
        this.tag = tag;
    }

    @Override
    public int maxMessageLength()
    {
        return 256;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        claim.wrap(new byte[length]);
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claim;
    }

    @Override
    public void commit()
    {
        connection.answer(tag, claim.byteArray());
    }

    @Override
    public void abort()
    {
        claim.wrap(0, 0);
    }
}
