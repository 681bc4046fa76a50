package io.peregrine.node.agent;

import org.agrona.BufferUtil;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What other threads see of a data agent: its ring of requests, its clock, how far it has come with the decisions of
 * the control plane.
 */
final class AgentHandle
{
    private static final int ALIGNMENT = 64;

    private final ManyToOneRingBuffer requests;
    private final CachedNanoClock clock = new CachedNanoClock();
    private volatile long controlVersionDone = -1;

    AgentHandle(final int ringLength)
    {
        requests = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            ringLength + RingBufferDescriptor.TRAILER_LENGTH, ALIGNMENT)));
    }

    ManyToOneRingBuffer requests()
    {
        return requests;
    }

    /**
     * @return the agent's time, behind the true one by a fraction of a millisecond while the agent runs.
     */
    CachedNanoClock clock()
    {
        return clock;
    }

    long controlVersionDone()
    {
        return controlVersionDone;
    }

    void controlVersionDone(final long version)
    {
        controlVersionDone = version;
    }
}
