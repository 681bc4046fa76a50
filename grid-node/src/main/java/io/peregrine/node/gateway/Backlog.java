package io.peregrine.node.gateway;

import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.MessageSink;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * Answers to one caller for which there was no room, in order, and those that go in pieces. Owned by the data agent.
 */
public final class Backlog
{
    private static final int LONG_BYTES = 1 << 20;
    private static final int FULL_BYTES = 2 << 20;
    private static final int KEEP = 1 << 16;
    private static final int HEADER = 8;
    private static final int TAG_OFFSET = 4;
    private static final int CORRELATION_OFFSET = 8;
    private static final int INITIAL_CAPACITY = 1024;

    private final Fragmenter fragmenter = new Fragmenter();
    private final MessageSink sink;
    private ExpandableArrayBuffer buffer;
    private int head;
    private int tail;
    private int claimed;
    private int claimedTag;

    /**
     * Nothing waits yet.
     *
     * @param sink where answers go when there is room; takes their tags for partitions.
     */
    public Backlog(final MessageSink sink)
    {
        this.sink = sink;
    }

    /**
     * Does nothing wait?
     *
     * @return whether answers may go past it.
     */
    public boolean isEmpty()
    {
        return head == tail;
    }

    /**
     * Does so much wait that the caller should be given nothing more to wait for?
     *
     * @return true from about a megabyte on.
     */
    public boolean isLong()
    {
        return tail - head > LONG_BYTES;
    }

    /**
     * Does so much wait that even refusals have to be left out?
     *
     * @return true from about two megabytes on, one long answer at the head not counted.
     */
    public boolean isFull()
    {
        return tail - head > FULL_BYTES && queued() > FULL_BYTES;
    }

    /**
     * What waits.
     *
     * @return bytes.
     */
    public int size()
    {
        return tail - head;
    }

    /**
     * Claim room for an answer behind those that wait; there always is.
     *
     * @param tag    of the answer.
     * @param length bytes.
     * @return where in {@link #buffer()}.
     */
    public int claim(final int tag, final int length)
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
        claimedTag = tag;
        buffer.checkLimit(tail + HEADER + length);
        return tail + HEADER;
    }

    /**
     * The buffer of the last claim.
     *
     * @return valid until commit.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Queue what was claimed.
     */
    public void commit()
    {
        buffer.putInt(tail, claimed, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(tail + TAG_OFFSET, claimedTag, ByteOrder.LITTLE_ENDIAN);
        tail += HEADER + BitUtil.align(claimed, HEADER);
    }

    /**
     * Send what there is room for.
     *
     * @return answers sent to their end.
     */
    public int send()
    {
        int work = 0;
        while (head < tail)
        {
            final int length = buffer.getInt(head, ByteOrder.LITTLE_ENDIAN);
            if (fragmenter.isDone())
            {
                final int at = head + HEADER;
                fragmenter.begin(
                    buffer.getInt(head + TAG_OFFSET, ByteOrder.LITTLE_ENDIAN),
                    buffer.getLong(at + CORRELATION_OFFSET, ByteOrder.LITTLE_ENDIAN),
                    buffer,
                    at,
                    length);
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
}
