package io.peregrine.perf.remote;

import io.peregrine.client.Driving;
import io.peregrine.perf.echo.EchoFloor;
import io.peregrine.perf.grid.GridProcesses;
import io.peregrine.perf.grid.ServedGrid;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;
import io.peregrine.perf.rig.Scenario;

import java.util.List;

/**
 * The benchmark of a map that several nodes hold, each a process of its own. Used once, by one thread; when a run is
 * over, however it ends, its processes have ended too.
 */
public final class ReplicatedBench
{
    private static final String[] ROWS = {"get", "put"};
    private static final String MODE = "udp";

    private final Workload workload;
    private final int nodes;
    private final Driving driving;
    private final Progress progress;
    private long wrongAtEnd;

    /**
     * @param workload of the benchmark.
     * @param nodes    of the grid, at least two.
     * @param driving  who moves the messages of the client.
     * @param progress to tell.
     */
    public ReplicatedBench(final Workload workload, final int nodes, final Driving driving, final Progress progress)
    {
        this.workload = workload;
        this.nodes = nodes;
        this.driving = driving;
        this.progress = progress;
    }

    /**
     * Measure calls that wait, against a relay of three processes (only puts, one caller) or alone.
     *
     * @param load      rounds, threads and rate; its rows are not looked at.
     * @param reads     share of reads, 0 to 1; none with a floor.
     * @param isTyped   by objects rather than by bytes.
     * @param withFloor whether to alternate with the relay.
     * @return a result for each row.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> run(final Plan load, final double reads, final boolean isTyped, final boolean withFloor)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedGrid served = served(workplace, 0);
            EchoFloor floor = withFloor ? EchoFloor.relay(workplace, workload.valueLength()) : null)
        {
            return measure(served, load, reads, side(served, "the grid", isTyped), floor);
        }
    }

    /**
     * Measure calls beside one more node, a member of the grid that holds nothing, against those without it: then its
     * process stands still.
     *
     * @param load    rounds, threads and rate; its rows are not looked at.
     * @param reads   share of reads, 0 to 1.
     * @param isTyped by objects rather than by bytes.
     * @return a result for each row.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runBesideIdleNode(final Plan load, final double reads, final boolean isTyped)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedGrid served = served(workplace, 1))
        {
            final RemoteSide alone = side(served, "without the idle node", isTyped);
            final BesideIdleNode beside = new BesideIdleNode(alone, served.processes(), nodes);
            try
            {
                return measure(served, load, reads, beside, alone);
            }
            finally
            {
                beside.start();
            }
        }
    }

    private ServedGrid served(final Workplace workplace, final int idle) throws InterruptedException
    {
        return new ServedGrid(
            workplace, workload, new GridProcesses.Site(nodes + idle, idle, 0, true), nodes + idle, driving, progress);
    }

    private RemoteSide side(final ServedGrid served, final String name, final boolean isTyped)
    {
        final int busy = driving == Driving.AGENT ? nodes + 1 : nodes;
        return new RemoteSide(name, workload, served.client().grid(), isTyped, busy);
    }

    private List<Result> measure(
        final ServedGrid served, final Plan load, final double reads, final Scenario subject, final Scenario floor)
        throws InterruptedException
    {
        final Plan plan = new Plan(
            MODE, ROWS, new double[]{reads, 1 - reads}, load.threads(), load.rate(), load.rounds(), load.warmupNs(),
            load.turnNs(), load.operations());
        final List<Result> results = new Rounds(plan, subject, floor, progress).run();
        wrongAtEnd = served.verify(progress);
        return results;
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
