package io.peregrine.node.agent;

import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.gateway.Backlog;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * One data agent's end of a lane. As a sink it always has room: what the caller's ring does not take now goes to the
 * backlog and follows later, and {@link #isChoked()} asks requests to be refused before the backlog grows too long.
 * Answers of a lane keep their order.
 */
final class AgentLane implements MessageSink
{
    private static final int ANSWER = 1;

    private final LaneSlot slot;
    private final OneToOneRingBuffer ring;
    private final Backlog backlog;
    private final int maxRequestLength;
    private Assembler assembler;
    private int claimedIndex;
    private boolean inBacklog;
    private boolean claimed;
    private int assembling;
    private long closePosition = -1;

    AgentLane(final LaneSlot slot, final int agent, final int maxRequestLength)
    {
        this.slot = slot;
        this.ring = slot.replies(agent);
        this.backlog = new Backlog(new RingSink(ring));
        this.maxRequestLength = maxRequestLength;
    }

    LaneSlot slot()
    {
        return slot;
    }

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        inBacklog = true;
        if (backlog.isEmpty() && length <= ring.maxMsgLength())
        {
            claimedIndex = ring.tryClaim(ANSWER, length);
            inBacklog = claimedIndex < 0;
        }
        if (inBacklog)
        {
            claimedIndex = backlog.claim(0, length);
        }

        claimed = true;
        return claimedIndex;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return inBacklog ? backlog.buffer() : ring.buffer();
    }

    @Override
    public void commit()
    {
        claimed = false;
        if (inBacklog)
        {
            backlog.commit();
        }
        else
        {
            ring.commit(claimedIndex);
        }
    }

    @Override
    public void abort()
    {
        if (claimed && !inBacklog)
        {
            ring.abort(claimedIndex);
        }
        claimed = false;
    }

    /**
     * @return whether the caller takes its answers so slowly that nothing more should be done for it now.
     */
    boolean isChoked()
    {
        return backlog.isLong();
    }

    /**
     * @return whether even refusals have to be left out.
     */
    boolean isMute()
    {
        return backlog.isFull();
    }

    boolean hasBacklog()
    {
        return !backlog.isEmpty();
    }

    /**
     * Send what was kept and now finds room.
     *
     * @return work done.
     */
    int sendBacklog()
    {
        return backlog.send();
    }

    /**
     * @return where pieces of long requests come together.
     */
    Assembler assembler()
    {
        if (assembler == null)
        {
            assembler = new Assembler(maxRequestLength);
        }

        return assembler;
    }

    /**
     * @return bytes of the long request that is coming together here, 0 for none.
     */
    int assembling()
    {
        return assembling;
    }

    void assembling(final int bytes)
    {
        assembling = bytes;
    }

    /**
     * Note that the caller has closed, and where the ring of requests ended then.
     *
     * @param producerPosition of the ring of requests, now.
     * @param consumerPosition of it, now.
     * @return whether all that the caller sent has been carried out.
     */
    boolean isFinished(final long producerPosition, final long consumerPosition)
    {
        if (closePosition < 0)
        {
            closePosition = producerPosition;
        }

        return consumerPosition >= closePosition;
    }
}
