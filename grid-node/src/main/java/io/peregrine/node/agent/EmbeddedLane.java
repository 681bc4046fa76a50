package io.peregrine.node.agent;

import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The caller's end of a lane within the process of the node: claims in the ring of the agent that owns the partition,
 * and takes answers from the rings that are this lane's own. One thread at a time.
 */
final class EmbeddedLane implements RequestLane, org.agrona.concurrent.MessageHandler
{
    private final EmbeddedPort port;
    private final LaneSlot slot;
    private final IdleStrategy idleStrategy;
    private ManyToOneRingBuffer claimedRing;
    private int claimedIndex;
    private MessageHandler handler;

    EmbeddedLane(final EmbeddedPort port, final LaneSlot slot)
    {
        this.port = port;
        this.slot = slot;
        this.idleStrategy = port.newIdleStrategy();
    }

    @Override
    public int maxMessageLength()
    {
        return port.maxMessageLength();
    }

    @Override
    public int maxInFlight()
    {
        return port.maxInFlight();
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        if (claimedRing != null)
        {
            abort();
        }
        if (!port.isOpen() || slot.isClosed())
        {
            return CLOSED;
        }

        final ManyToOneRingBuffer ring = port.requests(partition);
        slot.claimant(Thread.currentThread());
        final int index = ring.tryClaim(slot.id(), length);
        if (index < 0)
        {
            slot.claimant(null);
            port.onRingFull();
            return BACK_PRESSURED;
        }

        claimedRing = ring;
        claimedIndex = index;
        if (!port.isOpen())
        {
            // The node stops when it sees no claimant after it has shut: whoever claims has to look again.
            abort();
            return CLOSED;
        }

        return index;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claimedRing.buffer();
    }

    @Override
    public void commit()
    {
        claimedRing.commit(claimedIndex);
        claimedRing = null;
        slot.claimant(null);
    }

    @Override
    public void abort()
    {
        claimedRing.abort(claimedIndex);
        claimedRing = null;
        slot.claimant(null);
    }

    @Override
    public int poll(final MessageHandler to, final int limit)
    {
        handler = to;
        int taken = 0;
        for (int agent = 0; agent < port.agents() && taken < limit; agent++)
        {
            taken += slot.replies(agent).read(this, limit - taken);
        }
        if (taken > 0)
        {
            // Whoever got what it waited for does not idle, and must not begin its next wait with the longest rest.
            idleStrategy.reset();
        }

        return taken;
    }

    @Override
    public void onMessage(
        final int msgTypeId, final MutableDirectBuffer buffer, final int index, final int length)
    {
        handler.onMessage(buffer, index, length);
    }

    @Override
    public void idle(final int workCount)
    {
        final int work = port.drive();
        if (work == EmbeddedPort.NOT_DRIVEN_HERE)
        {
            idleStrategy.idle(workCount);
        }
        else
        {
            idleStrategy.idle(work + workCount);
        }
    }

    @Override
    public void close()
    {
        if (claimedRing != null)
        {
            abort();
        }
        slot.close();
    }
}
