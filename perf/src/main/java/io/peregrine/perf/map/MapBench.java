package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.node.Threading;
import io.peregrine.perf.floor.GatedIdle;
import io.peregrine.perf.floor.HeapMapAndRing;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;

import java.util.Arrays;
import java.util.List;

/**
 * The benchmark of an embedded map. Used once, by one thread.
 */
public final class MapBench
{
    private static final String[] ROWS = {"get", "put"};
    private static final String MODE = "embedded";
    private static final int LOOK_VALUE = 100;

    private final Plan plan;
    private final Workload workload;
    private final boolean isTyped;
    private long wrongAtEnd;

    /**
     * @param workload of the benchmark.
     * @param reads    share of reads in the load, 0 to 1.
     * @param threads  that drive load.
     * @param rate     operations a second of an open loop, or 0.
     * @param rounds   of turns.
     * @param seconds  that each side is measured.
     * @param isTyped  by objects rather than by bytes.
     */
    public MapBench(
        final Workload workload,
        final double reads,
        final int threads,
        final long rate,
        final int rounds,
        final double seconds,
        final boolean isTyped)
    {
        this.workload = workload;
        this.isTyped = isTyped;
        plan = Plan.closed(MODE, ROWS, new double[]{reads, 1 - reads}, threads, rounds, seconds).atRate(rate);
    }

    /**
     * Measure against the floor, or alone.
     *
     * @param withFloor whether to alternate with the floor.
     * @param threading of the node.
     * @param progress  to tell.
     * @return a result for each row.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> run(final boolean withFloor, final Threading threading, final Progress progress)
        throws InterruptedException
    {
        try (BenchNode node = new BenchNode(workload, threading);
            HeapMapAndRing floor = withFloor ? new HeapMapAndRing(workload, plan.threads()) : null)
        {
            node.fill(progress);
            final MapSide subject = new MapSide(workload, node.grid(), node.idle(), isTyped);
            final List<Result> results = new Rounds(plan, subject, floor, progress).run();
            wrongAtEnd = node.verify(progress);
            return results;
        }
    }

    /**
     * Measure reads while a writer overwrites at full speed, against reads without it.
     *
     * @param progress to tell.
     * @return a result for the reads.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runBesideWriter(final Progress progress) throws InterruptedException
    {
        try (BenchNode node = new BenchNode(workload, Threading.INVOKER))
        {
            node.fill(progress);
            final MapSide reads = new MapSide(workload, node.grid(), node.idle(), isTyped);
            final WriterSide subject = new WriterSide(workload, node, reads, true);
            final WriterSide floor = new WriterSide(workload, node, reads, false);
            final List<Result> results = new Rounds(plan, subject, floor, progress).run();
            wrongAtEnd = node.verify(progress) + (subject.written() > 0 ? 0 : 1);
            return results;
        }
    }

    /**
     * A short look at the latencies of a grid, by bytes, on the calling thread's machine as it is.
     *
     * @param grid    to use; it gets one more map.
     * @param how     the grid is reached, to stand behind the names of the rows; empty for nothing.
     * @param entries of the map.
     * @param seconds to measure.
     * @return a result for gets and one for puts.
     * @throws InterruptedException when interrupted.
     */
    public static List<Result> latencies(
        final Grid grid, final String how, final int entries, final double seconds) throws InterruptedException
    {
        final Workload workload = Workload.uniform(entries, LOOK_VALUE);
        try (FlyweightMap map = grid.flyweightMap(MapSide.MAP))
        {
            new Fill(workload, map).run(Progress.NONE);
        }

        final String[] rows = Arrays.stream(ROWS).map(row -> row + how).toArray(String[]::new);
        final Plan plan = Plan.closed(MODE, rows, new double[]{0.9, 0.1}, 1, 1, seconds);
        final MapSide subject = new MapSide(workload, grid, new GatedIdle(), false);
        return new Rounds(plan, subject, null, Progress.NONE).run();
    }

    /**
     * Entries that were wrong or missing when all was over.
     *
     * @return 0 if all is well.
     */
    public long wrongAtEnd()
    {
        return wrongAtEnd;
    }
}
