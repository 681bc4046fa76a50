package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.Threading;
import io.peregrine.perf.floor.GatedIdle;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Progress;

/**
 * An embedded node with a filled map. Its agent yields while it is wanted and sleeps while it is not.
 */
final class BenchNode implements AutoCloseable
{
    private static final long OVERHEAD = 128;
    private static final long SLACK = 256L << 20;

    private final Workload workload;
    private final GatedIdle idle = new GatedIdle();
    private final boolean invoked;
    private final GridNode node;

    BenchNode(final Workload workload, final Threading threading)
    {
        this.workload = workload;
        this.invoked = threading == Threading.INVOKER;
        final long entry = Workload.KEY_LENGTH + workload.valueLength() + OVERHEAD;
        node = GridNode.launch(new NodeContext()
            .name("bench-" + ProcessHandle.current().pid())
            .threading(threading)
            .memoryLimit(workload.entries() * entry * 2 + SLACK)
            .memoryPolicy(MemoryPolicy.REFUSE)
            .idleStrategies(() -> idle));
    }

    Grid grid()
    {
        return node.grid();
    }

    GatedIdle idle()
    {
        return idle;
    }

    GridNode node()
    {
        return node;
    }

    void fill(final Progress progress)
    {
        begin();
        try (FlyweightMap map = grid().flyweightMap(MapSide.MAP))
        {
            new Fill(workload, map).run(progress);
        }

        idle.open(false);
    }

    /**
     * Read all entries.
     *
     * @return how many are wrong or missing.
     */
    long verify(final Progress progress)
    {
        progress.at("checking", 1);
        begin();
        try (FlyweightMap map = grid().flyweightMap(MapSide.MAP))
        {
            return new Fill(workload, map).verify();
        }
    }

    /**
     * Let the agent work, on the calling thread if it has none of its own.
     */
    private void begin()
    {
        idle.open(true);
        if (invoked)
        {
            node.invoke();
        }
    }

    @Override
    public void close()
    {
        idle.open(true);
        node.close();
    }
}
