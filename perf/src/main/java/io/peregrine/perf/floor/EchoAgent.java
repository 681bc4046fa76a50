package io.peregrine.perf.floor;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Answers each message of a ring with its first eight bytes, in the ring of its sender. The message type is the sender.
 */
final class EchoAgent implements Agent, MessageHandler
{
    private static final int LEAST_REQUEST_RING = 1 << 20;
    private static final int MESSAGES_IN_RING = 16;
    private static final int REPLY_RING = 1 << 16;
    private static final int READ_LIMIT = 64;
    private static final int ALIGNMENT = 64;

    private final ManyToOneRingBuffer requests;
    private final OneToOneRingBuffer[] replies;

    EchoAgent(final int senders, final int longestMessage)
    {
        final int needed = BitUtil.findNextPositivePowerOfTwo(longestMessage * MESSAGES_IN_RING);
        requests = new ManyToOneRingBuffer(ring(Math.max(LEAST_REQUEST_RING, needed)));
        replies = new OneToOneRingBuffer[senders];
        for (int i = 0; i < senders; i++)
        {
            replies[i] = new OneToOneRingBuffer(ring(REPLY_RING));
        }
    }

    private static UnsafeBuffer ring(final int capacity)
    {
        final int length = capacity + RingBufferDescriptor.TRAILER_LENGTH;
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, ALIGNMENT));
    }

    ManyToOneRingBuffer requests()
    {
        return requests;
    }

    OneToOneRingBuffer replies(final int sender)
    {
        return replies[sender];
    }

    @Override
    public int doWork()
    {
        return requests.read(this, READ_LIMIT);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final RingBuffer reply = replies[type - 1];
        final int at = reply.tryClaim(type, Long.BYTES);
        if (at > 0)
        {
            reply.buffer().putLong(at, buffer.getLong(index));
            reply.commit(at);
        }
    }

    @Override
    public String roleName()
    {
        return "echo";
    }
}
