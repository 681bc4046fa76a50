package io.peregrine.perf.map;

import io.peregrine.client.Codecs;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.perf.floor.GatedIdle;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

/**
 * The subject: a map of a grid, by bytes or by objects. Its agent runs while it has its turn only.
 */
public final class MapSide implements Scenario
{
    /**
     * Name of the map.
     */
    public static final String MAP = "bench";

    private final Workload workload;
    private final Grid grid;
    private final GatedIdle agent;
    private final GridMap<String, byte[]> typed;
    private final String[] keys;

    /**
     * @param workload of the benchmark.
     * @param grid     whose map is filled.
     * @param agent    the idle strategy of the node's agent; null where the node is in another process.
     * @param isTyped  by objects rather than by bytes.
     */
    public MapSide(final Workload workload, final Grid grid, final GatedIdle agent, final boolean isTyped)
    {
        this.workload = workload;
        this.grid = grid;
        this.agent = agent;
        this.typed = isTyped ? grid.map(MAP, Codecs.STRING, Codecs.BYTES) : null;
        this.keys = isTyped ? workload.strings() : null;
    }

    @Override
    public String name(final int row)
    {
        return "grid map";
    }

    @Override
    public void start()
    {
        gate(true);
    }

    @Override
    public Subject[] open(final int thread)
    {
        if (typed != null)
        {
            return new Subject[]{
                new TypedGets(workload, typed, keys, thread), new TypedPuts(workload, typed, keys, thread)
            };
        }

        final FlyweightMap map = grid.flyweightMap(MAP);
        return new Subject[]{
            new FlyweightGets(workload, map, thread), new FlyweightPuts(workload, map, thread)
        };
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }

    @Override
    public void stop()
    {
        gate(false);
    }

    private void gate(final boolean isOpen)
    {
        if (agent != null)
        {
            agent.open(isOpen);
        }
    }
}
