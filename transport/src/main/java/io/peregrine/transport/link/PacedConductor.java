package io.peregrine.transport.link;

import org.agrona.concurrent.AgentInvoker;

import java.util.concurrent.TimeUnit;

/**
 * The conductor of an Aeron client, asked not more often than its driver has news for it. One thread at a time.
 */
public final class PacedConductor
{
    static final long REST_NS = TimeUnit.MICROSECONDS.toNanos(10);

    private final AgentInvoker invoker;
    private long invokedNs;
    private boolean isStarted;

    /**
     * @param invoker of the client.
     */
    public PacedConductor(final AgentInvoker invoker)
    {
        this.invoker = invoker;
    }

    /**
     * @param nowNs of a monotonic clock; where it stands still there is no rest.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        final long passedNs = nowNs - invokedNs;
        if (isStarted && passedNs > 0 && passedNs < REST_NS)
        {
            return 0;
        }

        isStarted = true;
        invokedNs = nowNs;
        return invoker.invoke();
    }

    /**
     * Without a rest.
     */
    public void invoke()
    {
        invoker.invoke();
    }
}
