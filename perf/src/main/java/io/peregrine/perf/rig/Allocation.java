package io.peregrine.perf.rig;

import java.lang.management.ManagementFactory;

/**
 * Bytes that the calling thread has allocated on the heap so far. Reading it allocates nothing.
 */
public final class Allocation
{
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Of the calling thread, since it began.
     *
     * @return bytes.
     */
    public long bytes()
    {
        return threads.getCurrentThreadAllocatedBytes();
    }
}
