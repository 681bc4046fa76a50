package io.peregrine.node.partition;

import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.Rules;
import org.agrona.concurrent.NanoClock;

/**
 * Until when the primary of one partition may answer. Written by the data agent, read by readers on any thread after
 * they have read a value: a lease that still held then makes the value one that was the latest.
 */
public final class TermLease
{
    private final Rules rules;
    private final NanoClock clock;
    private volatile long untilNs = Leases.NONE;

    TermLease(final Rules rules, final NanoClock clock)
    {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Asked after what is answered was read or became known; reads the clock.
     *
     * @return whether nobody else can have led until now.
     */
    public boolean holds()
    {
        final long until = untilNs;
        return until == Leases.FOR_EVER || rules.stillHolds(until, clock.nanoTime());
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether the lease lasts longer.
     */
    boolean endsAfter(final long nowNs)
    {
        final long until = untilNs;
        return until == Leases.FOR_EVER || until != Leases.NONE && nowNs - until < 0;
    }

    /**
     * @param newUntilNs end of the first of the leases that the primary needs, by the node's monotonic clock.
     */
    void untilNs(final long newUntilNs)
    {
        if (newUntilNs != untilNs)
        {
            untilNs = newUntilNs;
        }
    }
}
