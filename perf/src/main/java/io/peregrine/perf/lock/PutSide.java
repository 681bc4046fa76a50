package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

/**
 * The floor: one put after the other to a map of the same node, by the same client.
 */
final class PutSide implements Scenario
{
    private static final int PUTS = 1;

    private final MapSide map;

    PutSide(final Workload workload, final Grid grid)
    {
        map = new MapSide(workload, grid, null, false);
    }

    @Override
    public String name(final int row)
    {
        return "remote put";
    }

    @Override
    public Subject[] open(final int thread)
    {
        final Subject[] all = map.open(thread);
        return new Subject[]{new Puts(all)};
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }

    /**
     * The puts of a map; who reads closes the handle that they share.
     *
     * @param all of the map.
     */
    private record Puts(Subject[] all) implements Subject
    {
        @Override
        public int run(final long first, final int count)
        {
            return all[PUTS].run(first, count);
        }

        @Override
        public void close()
        {
            for (final Subject subject : all)
            {
                subject.close();
            }
        }
    }
}
