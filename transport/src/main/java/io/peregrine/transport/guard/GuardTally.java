package io.peregrine.transport.guard;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Datagrams that were dropped by the endpoints of one media driver. Written by the driver's thread.
 */
public final class GuardTally
{
    private final AtomicLong dropped = new AtomicLong();

    void onDropped()
    {
        dropped.lazySet(dropped.get() + 1);
    }

    /**
     * Datagrams dropped so far. Any thread.
     *
     * @return a count.
     */
    public long dropped()
    {
        return dropped.get();
    }
}
