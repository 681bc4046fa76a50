package io.peregrine.perf.floor;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;
import org.agrona.concurrent.AgentRunner;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The floor of an embedded map. Of {@code get}: {@code ConcurrentHashMap<String, byte[]>.get}. Of {@code put}: the
 * round trip through rings of the same kind as the node's, on the same threads with the same idle strategy, with
 * nothing done at the other end.
 */
public final class HeapMapAndRing implements Scenario
{
    private static final String[] NAMES = {"ConcurrentHashMap.get", "ring round trip"};

    private final Workload workload;
    private final ConcurrentHashMap<String, byte[]> map;
    private final String[] keys;
    private final GatedIdle idle = new GatedIdle();
    private final EchoAgent agent;
    private final AgentRunner runner;

    /**
     * Fill the map and start the echo.
     *
     * @param workload of the benchmark.
     * @param threads  that will drive load.
     */
    public HeapMapAndRing(final Workload workload, final int threads)
    {
        this.workload = workload;
        this.keys = workload.strings();
        this.map = new ConcurrentHashMap<>(workload.entries() * 2);
        for (int i = 0; i < workload.entries(); i++)
        {
            map.put(Workload.keyOf(i), workload.valueOf(i));
        }

        agent = new EchoAgent(threads, RoundTrip.messageLength(workload));
        runner = new AgentRunner(idle, HeapMapAndRing::rethrow, null, agent);
        AgentRunner.startOnThread(runner);
    }

    private static void rethrow(final Throwable error)
    {
        throw new IllegalStateException("the echo agent failed", error);
    }

    @Override
    public String name(final int row)
    {
        return NAMES[row];
    }

    @Override
    public void start()
    {
        idle.open(true);
    }

    @Override
    public Subject[] open(final int thread)
    {
        return new Subject[]{
            new MapGet(workload, map, keys, thread), new RoundTrip(workload, agent, thread)
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
        idle.open(false);
    }

    @Override
    public void close()
    {
        idle.open(true);
        runner.close();
    }
}
