package io.peregrine.node.agent;

import io.peregrine.client.port.MessageSink;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Writes answers to the ring of one caller, with room or without. Owned by the data agent.
 */
final class RingSink implements MessageSink
{
    private static final int ANSWER = 1;

    private final OneToOneRingBuffer ring;
    private int claimed;

    RingSink(final OneToOneRingBuffer ring)
    {
        this.ring = ring;
    }

    @Override
    public int maxMessageLength()
    {
        return ring.maxMsgLength();
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        claimed = ring.tryClaim(ANSWER, length);
        return claimed;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return ring.buffer();
    }

    @Override
    public void commit()
    {
        ring.commit(claimed);
    }

    @Override
    public void abort()
    {
        ring.abort(claimed);
    }
}
