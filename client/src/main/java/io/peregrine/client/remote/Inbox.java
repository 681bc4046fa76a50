package io.peregrine.client.remote;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Answers for one lane, taken from the network by whoever moves messages, one thread at a time, and read by the lane's
 * thread. Bounded: what finds no room is dropped, and the lane is told that something was. Takes
 * memory only once it is used.
 */
final class Inbox implements MessageHandler
{
    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int NEXT = 3;
    private static final int LAST = 4;
    private static final int FRAME = 16;
    private static final int AGENT_SHIFT = 3;
    private static final int KIND_MASK = (1 << AGENT_SHIFT) - 1;

    private final int capacity;
    private volatile OneToOneRingBuffer ring;
    private volatile boolean dropped;
    private UnsafeBuffer parts;
    private int partsLength;
    private Receiver receiver;

    /**
     * Takes what is in the inbox.
     */
    interface Receiver
    {
        /**
         * An answer, or a piece of one, as it came.
         */
        void onAnswer(int agent, DirectBuffer buffer, int offset, int length);
    }

    /**
     * @param capacity bytes, a power of two.
     */
    Inbox(final int capacity)
    {
        this.capacity = capacity;
    }

    /**
     * Put a message in. Whoever moves messages.
     *
     * @return false if it was dropped.
     */
    boolean put(final int agent, final DirectBuffer buffer, final int offset, final int length)
    {
        OneToOneRingBuffer to = ring;
        if (to == null)
        {
            to = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
            ring = to;
        }
        final boolean put = length <= to.maxMsgLength() ?
            to.write(type(agent, WHOLE), buffer, offset, length) : putParts(to, agent, buffer, offset, length);
        if (!put)
        {
            dropped = true;
        }
        return put;
    }

    /**
     * Is half of it free?
     */
    boolean hasRoom()
    {
        final OneToOneRingBuffer to = ring;
        return to == null || to.size() <= capacity / 2;
    }

    /**
     * Was anything dropped since this was asked last? The lane's thread.
     */
    boolean takeDropped()
    {
        if (dropped)
        {
            dropped = false;
            return true;
        }
        return false;
    }

    /**
     * Take messages. The lane's thread. An exception of the receiver is thrown on; what it was thrown for is gone.
     */
    int take(final Receiver to, final int limit)
    {
        final OneToOneRingBuffer from = ring;
        if (from == null)
        {
            return 0;
        }
        receiver = to;
        return from.read(this, limit);
    }

    @Override
    public void onMessage(
        final int msgTypeId, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final int agent = msgTypeId >> AGENT_SHIFT;
        switch (msgTypeId & KIND_MASK)
        {
            case WHOLE:
                receiver.onAnswer(agent, buffer, index, length);
                break;

            case FIRST:
                partsLength = 0;
                append(buffer, index, length);
                break;

            case NEXT:
                append(buffer, index, length);
                break;

            default:
                append(buffer, index, length);
                final int whole = partsLength;
                partsLength = 0;
                receiver.onAnswer(agent, parts, 0, whole);
                break;
        }
    }

    private boolean putParts(
        final OneToOneRingBuffer to, final int agent, final DirectBuffer buffer, final int offset, final int length)
    {
        final int longest = to.maxMsgLength();
        final int count = (length + longest - 1) / longest;
        if (to.capacity() - to.size() < length + longest + count * FRAME)
        {
            return false;
        }
        for (int at = 0; at < length; at += longest)
        {
            final int kind = at == 0 ? FIRST : at + longest < length ? NEXT : LAST;
            if (!to.write(type(agent, kind), buffer, offset + at, Math.min(longest, length - at)))
            {
                return false;
            }
        }
        return true;
    }

    private void append(final DirectBuffer buffer, final int index, final int length)
    {
        if (parts == null || parts.capacity() < partsLength + length)
        {
            final UnsafeBuffer larger = new UnsafeBuffer(new byte[2 * (partsLength + length)]);
            if (partsLength > 0)
            {
                larger.putBytes(0, parts, 0, partsLength);
            }
            parts = larger;
        }
        parts.putBytes(partsLength, buffer, index, length);
        partsLength += length;
    }

    private static int type(final int agent, final int kind)
    {
        return agent << AGENT_SHIFT | kind;
    }
}
