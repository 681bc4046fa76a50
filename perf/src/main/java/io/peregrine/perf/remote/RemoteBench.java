package io.peregrine.perf.remote;

import io.peregrine.client.Driving;
import io.peregrine.client.GridClient;
import io.peregrine.perf.echo.EchoFloor;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;
import io.peregrine.perf.rig.Scenario;

import java.util.List;
import java.util.Locale;

/**
 * The benchmark of a map whose node is in another process. Used once, by one thread; when a run is over, however it
 * ends, its processes have ended too.
 */
public final class RemoteBench
{
    private static final String[] ROWS = {"get", "put"};
    private static final String[] PIPELINED = {"pipelined get"};
    private static final double[] ALL = {1};

    private final Workload workload;
    private final boolean isIpc;
    private final Driving driving;
    private final Progress progress;
    private ClientsMemory memory;
    private NuisanceCounts counts;
    private long wrongAtEnd;

    /**
     * @param workload of the benchmark.
     * @param isIpc    through memory rather than over UDP.
     * @param driving  who moves the messages of the client.
     * @param progress to tell.
     */
    public RemoteBench(final Workload workload, final boolean isIpc, final Driving driving, final Progress progress)
    {
        this.workload = workload;
        this.isIpc = isIpc;
        this.driving = driving;
        this.progress = progress;
    }

    /**
     * The way of reaching the node, as reports name it.
     *
     * @return ipc or udp.
     */
    public String mode()
    {
        return isIpc ? "ipc" : "udp";
    }

    /**
     * Measure calls that wait, against the echo of one caller or alone.
     *
     * @param load      rounds, threads and rate; its rows are not looked at.
     * @param reads     share of reads, 0 to 1.
     * @param isTyped   by objects rather than by bytes.
     * @param withFloor whether to alternate with the echo.
     * @return a result for each row.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> run(final Plan load, final double reads, final boolean isTyped, final boolean withFloor)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace);
            EchoFloor floor = withFloor ? EchoFloor.echo(workplace, isIpc, workload.valueLength()) : null)
        {
            return measure(served, plan(load, ROWS, reads, 1 - reads), side(served.client(), driving, isTyped), floor);
        }
    }

    /**
     * Measure calls that wait, against those by a client of the same node that is driven by its own thread.
     *
     * @param load    rounds, threads and rate; its rows are not looked at.
     * @param reads   share of reads, 0 to 1.
     * @param isTyped by objects rather than by bytes.
     * @return a result for each row.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runAgainstAgent(final Plan load, final double reads, final boolean isTyped)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace);
            GridClient other = served.connect(Driving.AGENT))
        {
            return measure(
                served,
                plan(load, ROWS, reads, 1 - reads),
                side(served.client(), driving, isTyped),
                side(other, Driving.AGENT, isTyped));
        }
    }

    /**
     * Measure the throughput of reads with many in flight.
     *
     * @param load     rounds and threads; its rows are not looked at.
     * @param window   requests in flight of a thread.
     * @param withPeer whether to alternate with Redis.
     * @return one result.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runPipelined(final Plan load, final int window, final boolean withPeer)
        throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace);
            RedisPeer peer = withPeer ? new RedisPeer(workload) : null)
        {
            final PipelinedSide subject = new PipelinedSide(workload, served.client().grid(), window);
            return measure(served, plan(load, PIPELINED, ALL), subject, peer);
        }
    }

    /**
     * Measure calls beside many idle clients, against the same calls without them.
     *
     * @param load    rounds, threads and rate; its rows are not looked at.
     * @param reads   share of reads, 0 to 1.
     * @param clients that are idle.
     * @return a result for each row; {@link #memory()} has what the node needed.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runInCrowd(final Plan load, final double reads, final int clients) throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace))
        {
            final RemoteSide alone = new RemoteSide(
                "without idle clients", workload, served.client().grid(), false, 1);
            try (Crowd subject = new Crowd(alone, clients, served, workplace, isIpc))
            {
                final List<Result> results = measure(served, plan(load, ROWS, reads, 1 - reads), subject, alone);
                memory = subject.memory(mode());
                return results;
            }
        }
    }

    /**
     * Measure calls beside a client that does harm, against the same calls without it.
     *
     * @param load  rounds, threads and rate; its rows are not looked at.
     * @param reads share of reads, 0 to 1.
     * @param kind  of harm.
     * @return a result for each row; {@link #counts()} has what the node counted.
     * @throws InterruptedException when interrupted.
     */
    public List<Result> runBeside(final Plan load, final double reads, final Nuisance kind) throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace))
        {
            final RemoteSide alone = new RemoteSide("without it", workload, served.client().grid(), false, 0);
            try (Beside subject = new Beside(alone, kind, served, workplace, isIpc))
            {
                final List<Result> results = measure(served, plan(load, ROWS, reads, 1 - reads), subject, alone);
                counts = subject.counts(mode());
                return results;
            }
        }
    }

    /**
     * Restart the node again and again, in turns by an orderly stop and by a kill.
     *
     * @param restarts at least 1.
     * @return how long the client took each time.
     * @throws InterruptedException when interrupted.
     */
    public Reconnects runRestarts(final int restarts) throws InterruptedException
    {
        try (Workplace workplace = new Workplace();
            ServedMap served = served(workplace))
        {
            final Restarts all = new Restarts(served);
            final double[] tookMs = new double[restarts];
            for (int i = 0; i < restarts; i++)
            {
                progress.at("restart " + (i + 1), i / (double) restarts);
                tookMs[i] = all.restart(i);
            }

            return new Reconnects(mode(), tookMs);
        }
    }

    private ServedMap served(final Workplace workplace) throws InterruptedException
    {
        final ServedMap served = new ServedMap(workplace, workload, isIpc, driving);
        try
        {
            served.fill(progress);
            return served;
        }
        catch (final RuntimeException ex)
        {
            served.close();
            throw ex;
        }
    }

    private RemoteSide side(final GridClient client, final Driving by, final boolean isTyped)
    {
        final String name = "driven by " + by.name().toLowerCase(Locale.ROOT);
        return new RemoteSide(name, workload, client.grid(), isTyped, by == Driving.AGENT ? 2 : 1);
    }

    private Plan plan(final Plan load, final String[] rows, final double... shares)
    {
        return new Plan(
            mode(), rows, shares, load.threads(), load.rate(), load.rounds(), load.warmupNs(), load.turnNs(),
            load.operations());
    }

    private List<Result> measure(
        final ServedMap served, final Plan plan, final Scenario subject, final Scenario floor)
        throws InterruptedException
    {
        final List<Result> results = new Rounds(plan, subject, floor, progress).run();
        wrongAtEnd = served.verify(progress);
        return results;
    }

    /**
     * What many clients took, after {@link #runInCrowd}.
     *
     * @return the memory of the node.
     */
    public ClientsMemory memory()
    {
        return memory;
    }

    /**
     * What the node counted, after {@link #runBeside}.
     *
     * @return counters that rose.
     */
    public NuisanceCounts counts()
    {
        return counts;
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

    /**
     * Can the peer be measured here?
     *
     * @return whether Redis is installed.
     */
    public static boolean hasPeer()
    {
        return RedisPeer.isInstalled();
    }
}
