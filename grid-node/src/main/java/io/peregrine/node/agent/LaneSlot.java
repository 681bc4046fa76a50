package io.peregrine.node.agent;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the calling thread and the data agents share of one lane: the rings of answers, one for each agent, and who is
 * in the middle of a claim. Lives as long as anybody may still look at it, longer than the caller's end.
 */
final class LaneSlot
{
    private static final int ALIGNMENT = 64;
    private static final VarHandle CLAIMANT;

    static
    {
        try
        {
            CLAIMANT = MethodHandles.lookup().findVarHandle(LaneSlot.class, "claimant", Thread.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int id;
    private final OneToOneRingBuffer[] replies;
    private final AtomicInteger holders;
    private volatile boolean closed;
    private Thread claimant;

    LaneSlot(final int id, final int agents, final int ringLength)
    {
        this.id = id;
        this.holders = new AtomicInteger(agents);
        this.replies = new OneToOneRingBuffer[agents];
        for (int i = 0; i < agents; i++)
        {
            replies[i] = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                ringLength + RingBufferDescriptor.TRAILER_LENGTH, ALIGNMENT)));
        }
    }

    /**
     * @return its number, which stands in the frame of each of its requests; from 1.
     */
    int id()
    {
        return id;
    }

    OneToOneRingBuffer replies(final int agent)
    {
        return replies[agent];
    }

    /**
     * The caller claims. Must be visible before the claim is; the claim itself is an atomic instruction and orders it.
     */
    void claimant(final Thread thread)
    {
        CLAIMANT.setRelease(this, thread);
    }

    /**
     * @return who is between claim and commit, or null.
     */
    Thread claimant()
    {
        return (Thread) CLAIMANT.getAcquire(this);
    }

    /**
     * The caller's end is gone.
     */
    void close()
    {
        closed = true;
    }

    boolean isClosed()
    {
        return closed;
    }

    /**
     * An agent has carried out all that came by the lane and holds nothing of it any more.
     *
     * @return whether it was the last.
     */
    boolean letGo()
    {
        return holders.decrementAndGet() == 0;
    }
}
