package io.peregrine.perf.remote;

import io.peregrine.perf.grid.GridProcesses;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A side beside which a node runs that has nothing to do; while the side has no turn, the node's process stands still.
 */
final class BesideIdleNode implements Scenario
{
    /**
     * In which the node takes up its links again.
     */
    private static final long WAKE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Scenario active;
    private final GridProcesses processes;
    private final int idle;

    BesideIdleNode(final Scenario active, final GridProcesses processes, final int idle)
    {
        this.active = active;
        this.processes = processes;
        this.idle = idle;
        stop();
    }

    @Override
    public String name(final int row)
    {
        return "beside an idle node";
    }

    @Override
    public void start()
    {
        processes.standStill(idle, false);
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < WAKE_NS)
        {
            LockSupport.parkNanos(WAKE_NS);
        }
    }

    @Override
    public Subject[] open(final int thread)
    {
        return active.open(thread);
    }

    @Override
    public int busyThreads(final int threads)
    {
        return active.busyThreads(threads);
    }

    @Override
    public void stop()
    {
        processes.standStill(idle, true);
    }
}
