package io.peregrine.client.remote;

import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A lane of a {@link ClientCore}. What comes for it waits until it is polled.
 */
public final class CoreLane implements RequestLane
{
    final LaneCore core;
    private final ArrayDeque<Message> inbox = new ArrayDeque<>();
    private final ClientCore client;
    private final long firstId;
    private int claimedPartition;
    private boolean closed;

    CoreLane(final ClientCore client, final LaneCore core)
    {
        this.client = client;
        this.core = core;
        firstId = core.requests().nextId();
    }

    /**
     * Have all requests an answer?
     *
     * @return whether nothing is left to do.
     */
    public boolean isEmpty()
    {
        return core.isEmpty();
    }

    @Override
    public long firstCorrelationId()
    {
        return firstId;
    }

    @Override
    public int maxInFlight()
    {
        return core.requests().capacity();
    }

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        if (closed || client.isClosed())
        {
            return CLOSED;
        }
        claimedPartition = partition;
        return core.tryClaim(length);
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return core.buffer();
    }

    @Override
    public void commit()
    {
        core.commit(claimedPartition, true);
    }

    @Override
    public void abort()
    {
        core.abort();
    }

    @Override
    public int abandon(final long correlationId)
    {
        return core.abandon(correlationId);
    }

    @Override
    public int poll(final MessageHandler to, final int limit)
    {
        int work = 0;
        while (work < limit && !inbox.isEmpty())
        {
            final Message message = inbox.poll();
            work++;
            core.receiving().onMessage(message.place, message.buffer, 0, message.buffer.capacity(), to);
        }
        return work + core.handOwn(to) + core.work(client.nowNs());
    }

    @Override
    public void idle(final int workCount)
    {
        client.idle();
    }

    @Override
    public void close()
    {
        closed = true;
    }

    void onMessage(final int place, final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        inbox.add(new Message(place, new UnsafeBuffer(bytes)));
    }

    /**
     * What came, and from which data agent.
     */
    private record Message(int place, DirectBuffer buffer)
    {
    }
}
