package io.peregrine.node.replication;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The messages from one data agent to another, in order, until a test takes them.
 */
class Wire implements PeerSink
{
    private final Deque<UnsafeBuffer> messages = new ArrayDeque<>();
    private UnsafeBuffer claimed;
    private int refusal;

    @Override
    public int tryClaim(final Stream stream, final int length)
    {
        if (refusal != 0)
        {
            return refusal;
        }

        claimed = new UnsafeBuffer(new byte[length]);
        claimed.setMemory(0, length, (byte) 0x55);
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claimed;
    }

    @Override
    public void commit()
    {
        messages.add(claimed);
        claimed = null;
    }

    @Override
    public void abort()
    {
        claimed = null;
    }

    /**
     * @param code to refuse claims with, 0 to take them.
     */
    void refuse(final int code)
    {
        refusal = code;
    }

    UnsafeBuffer poll()
    {
        return messages.poll();
    }

    int size()
    {
        return messages.size();
    }

    void clear()
    {
        messages.clear();
    }
}
