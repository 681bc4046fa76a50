package io.peregrine.perf.remote;

import io.peregrine.client.Grid;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

/**
 * The subject: a map of a node in another process, used by threads that share one client.
 */
final class RemoteSide implements Scenario
{
    private final String name;
    private final MapSide map;
    private final int busyBeside;

    /**
     * @param name       of this side.
     * @param workload   of the benchmark.
     * @param grid       of the client.
     * @param isTyped    by objects rather than by bytes.
     * @param busyBeside threads that never sleep beside the callers.
     */
    RemoteSide(
        final String name, final Workload workload, final Grid grid, final boolean isTyped, final int busyBeside)
    {
        this.name = name;
        this.map = new MapSide(workload, grid, null, isTyped);
        this.busyBeside = busyBeside;
    }

    @Override
    public String name(final int row)
    {
        return name;
    }

    @Override
    public Subject[] open(final int thread)
    {
        return map.open(thread);
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + busyBeside;
    }
}
