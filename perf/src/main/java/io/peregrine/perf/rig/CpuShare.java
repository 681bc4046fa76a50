package io.peregrine.perf.rig;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How much of the time a driving thread was not on a core although it never waits: what the scheduler gave to others. A
 * sleeper such as the {@link HiccupMeter} is favoured when it wakes and does not see it. Driving thread; read after it
 * has ended.
 */
final class CpuShare
{
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long wallNs;
    private long cpuNs;

    void begin()
    {
        wallNs = -System.nanoTime();
        cpuNs = -threads.getCurrentThreadCpuTime();
    }

    void end()
    {
        cpuNs += threads.getCurrentThreadCpuTime();
        wallNs += System.nanoTime();
    }

    long missingNs()
    {
        return Math.max(0, wallNs - cpuNs);
    }

    long wallNs()
    {
        return wallNs;
    }

    /**
     * The part of the time that busy threads have to do without when there are more of them than cores.
     *
     * @param busy  threads that never wait.
     * @param cores to run on.
     * @return 0 to 1.
     */
    static double expected(final int busy, final int cores)
    {
        return Math.max(0, 1 - cores / (double) busy);
    }
}
