package io.peregrine.node.agent;

import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.MessageSink;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

import java.nio.ByteOrder;

/**
 * Answers of one lane that its ring had no room for, in order, and those that go in pieces. Owned by the data agent.
 */
final class Backlog
{
    private static final int LONG_BYTES = 1 << 20;
    private static final int FULL_BYTES = 2 << 20;
    private static final int KEEP = 1 << 16;
    private static final int HEADER = 8;
    private static final int CORRELATION_OFFSET = 8;
    private static final int INITIAL_CAPACITY = 1024;

    private final Fragmenter fragmenter = new Fragmenter();
    private final RingSink sink;
    private ExpandableArrayBuffer buffer;
    private int head;
    private int tail;
    private int claimed;

    Backlog(final OneToOneRingBuffer ring)
    {
        sink = new RingSink(ring);
    }

    boolean isEmpty()
    {
        return head == tail;
    }

    boolean isLong()
    {
        return tail - head > LONG_BYTES;
    }

    boolean isFull()
    {
        return tail - head > FULL_BYTES && queued() > FULL_BYTES;
    }

    int claim(final int length)
    {
        if (buffer == null)
        {
            buffer = new ExpandableArrayBuffer(Math.max(INITIAL_CAPACITY, length + HEADER));
        }
        if (head == tail)
        {
            head = 0;
            tail = 0;
        }
        else if (head > LONG_BYTES && fragmenter.isDone())
        {
            buffer.putBytes(0, buffer, head, tail - head);
            tail -= head;
            head = 0;
        }

        claimed = length;
        buffer.checkLimit(tail + HEADER + length);
        return tail + HEADER;
    }

    MutableDirectBuffer buffer()
    {
        return buffer;
    }

    void commit()
    {
        buffer.putInt(tail, claimed, ByteOrder.LITTLE_ENDIAN);
        tail += HEADER + BitUtil.align(claimed, HEADER);
    }

    /**
     * @return work done.
     */
    int send()
    {
        int work = 0;
        while (head < tail)
        {
            final int length = buffer.getInt(head, ByteOrder.LITTLE_ENDIAN);
            if (fragmenter.isDone())
            {
                final int at = head + HEADER;
                fragmenter.begin(
                    0, buffer.getLong(at + CORRELATION_OFFSET, ByteOrder.LITTLE_ENDIAN), buffer, at, length);
            }
            if (fragmenter.resume(sink) < 0)
            {
                return work;
            }

            head += HEADER + BitUtil.align(length, HEADER);
            work++;
        }

        head = 0;
        tail = 0;
        if (buffer != null && buffer.capacity() > KEEP)
        {
            buffer = null;
        }
        return work;
    }

    /**
     * One long answer may stand in the backlog and be longer than its limit; what queues behind it counts.
     */
    private int queued()
    {
        return tail - head - HEADER - buffer.getInt(head, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes to the ring of answers, with room or without.
     */
    private static final class RingSink implements MessageSink
    {
        private static final int ANSWER = 1;

        private final OneToOneRingBuffer ring;
        private int claimed;

        private RingSink(final OneToOneRingBuffer ring)
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
}
