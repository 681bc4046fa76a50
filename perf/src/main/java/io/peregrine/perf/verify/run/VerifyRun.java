package io.peregrine.perf.verify.run;

import io.peregrine.node.partition.CopyCheck;
import io.peregrine.node.partition.CopyState;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.NodeNames;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.verify.fault.Fault;
import io.peregrine.perf.verify.fault.FaultKind;
import io.peregrine.perf.verify.fault.FaultPlan;
import io.peregrine.perf.verify.fault.FaultSchedule;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.load.ClientLoop;
import io.peregrine.perf.verify.report.Judge;
import io.peregrine.perf.verify.report.Outages;
import io.peregrine.perf.verify.report.Partitions;
import io.peregrine.perf.verify.report.Report;
import org.agrona.CloseHelper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A run from the start of the processes to the report. One thread, beside those of faults.
 */
public final class VerifyRun
{
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RECOVERY_NS = TimeUnit.SECONDS.toNanos(60);
    static final long LEASE_NS = ReplicationSettings.defaults().leaseNs();
    private static final int SETTLE_LEASES = 5;
    private static final int COPIES = 2;
    private static final List<String> WORKLOADS = List.of("spread", "contended", "locks", "permits");

    private final Plan plan;
    private final FaultPlan faults;
    private final List<String> flags;
    private final boolean isOfEachKind;
    private final Consumer<String> out;
    private final List<VerifiedNode> nodes = new ArrayList<>();
    private final Watch watch = new Watch();
    private History history;

    /**
     * What is to be done.
     *
     * @param nodes    of the grid.
     * @param clients  of it, half of them embedded in nodes.
     * @param seconds  that faults befall it.
     * @param kinds    of faults.
     * @param seed     that everything is drawn from, but for what takes how long.
     * @param isBeyond whether faults may leave a partition without a copy.
     */
    public record Plan(int nodes, int clients, int seconds, Set<FaultKind> kinds, long seed, boolean isBeyond)
    {
    }

    /**
     * A run.
     *
     * @param plan of it.
     * @param out  told what happens, line by line.
     */
    public VerifyRun(final Plan plan, final Consumer<String> out)
    {
        this(plan, new FaultPlan(plan.seed(), plan.kinds(), plan.nodes(), LEASE_NS), false, List.of(), out);
    }

    /**
     * @param faults       that befall it.
     * @param isOfEachKind whether faults go on, for a minute more at most, until one of each kind has begun.
     * @param flags        of the JVMs of nodes.
     */
    VerifyRun(
        final Plan plan,
        final FaultPlan faults,
        final boolean isOfEachKind,
        final List<String> flags,
        final Consumer<String> out)
    {
        this.faults = faults;
        this.isOfEachKind = isOfEachKind;
        this.flags = flags;
        this.plan = plan;
        this.out = out;
    }

    /**
     * Run it.
     *
     * @return what it came to.
     * @throws InterruptedException when interrupted.
     */
    public Report run() throws InterruptedException
    {
        try (Workplace place = new Workplace())
        {
            final int embedded = plan.clients() / 2;
            final NodeNames names = new NodeNames(plan.nodes(), Ports.freeRange(NodeNames.PORTS));
            final Site site =
                new Site(names, place, plan.seed(), System.nanoTime(), embedded, new AtomicInteger(), flags);
            final int beside = plan.clients() - embedded;
            final int first = site.clients().getAndAdd(beside);
            try
            {
                begin(site);
                try (ChildProcess clients = ClientMain.start(site.names().addresses(), place.resolve("clients"),
                    new ClientLoop.Task(plan.seed(), first, site.fromNs(), 0, beside, site.logs()), beside))
                {
                    clients.await(ClientMain.ASKING);
                    return report(clients, site);
                }
            }
            finally
            {
                CloseHelper.quietCloseAll(nodes);
            }
        }
    }

    /**
     * All operations of the run.
     *
     * @return the history, once it has run.
     */
    public History history()
    {
        return history;
    }

    private void begin(final Site site) throws InterruptedException
    {
        for (int i = 0; i < plan.nodes(); i++)
        {
            nodes.add(new VerifiedNode(i, site));
        }
        nodes.forEach(VerifiedNode::launch);
        for (final VerifiedNode node : nodes)
        {
            node.awaitServing();
        }
        require(() -> isWhole(site.fromNs()), "the grid did not get all its copies");
        out.accept(plan.nodes() + " nodes serve");
    }

    private Report report(final ChildProcess clients, final Site site) throws InterruptedException
    {
        final FaultSchedule schedule = befall();
        final long endNs = System.nanoTime();
        final boolean isWhole = await(() -> isWhole(endNs), RECOVERY_NS);
        out.accept(isWhole ?
            "every partition has its copies again" : "partitions lack copies a minute after all faults");
        clients.tell("stop");
        final boolean areAnswered = Boolean.parseBoolean(clients.await(ClientMain.DONE));
        for (final VerifiedNode node : nodes)
        {
            node.endLoad();
        }
        // A loss that a client has seen is known before it, and may not have been said yet.
        final long doneNs = System.nanoTime();
        require(() -> haveAllTold(doneNs), "a node did not say what it knows of the grid");

        final CopyCheck copies = isWhole ? compareCopies() : new CopyCheck(CopyCheck.Finding.APART, "copies lack");
        out.accept(copies.finding() == CopyCheck.Finding.EQUAL ?
            "copies are equal, by their digests" : "copies were not seen to be equal: " + copies.because());
        history = History.read(Logs.all(site.logs()));
        out.accept(history.attempts().size() + " operations are judged");
        final Partitions partitions = new Partitions(watch.partitions());
        return new Report(
            Judge.judge(
                Judge.judge(history, watch.losses(), plan.isBeyond(), areAnswered, partitions), copies),
            WORKLOADS,
            schedule.begun(),
            schedule.waitedNs(),
            history,
            watch.losses(),
            Outages.find(history.ofEntries(), schedule.begun(), partitions, endNs),
            plan.seed());
    }

    /**
     * What is still applied at one copy and not yet at another is waited for.
     */
    private CopyCheck compareCopies() throws InterruptedException
    {
        final long startNs = System.nanoTime();
        CopyCheck check;
        do
        {
            final List<CopyState> states = new ArrayList<>();
            for (final VerifiedNode node : nodes)
            {
                states.addAll(node.copies());
            }
            check = CopyCheck.of(states, watch.partitions(), Math.min(COPIES, plan.nodes()));
        }
        while (check.finding() == CopyCheck.Finding.APART && System.nanoTime() - startNs < RECOVERY_NS);

        return check;
    }

    private FaultSchedule befall()
    {
        final long startNs = System.nanoTime();
        final Befalling befalling = new Befalling(nodes);
        final FaultSchedule schedule = new FaultSchedule(
            faults, plan.isBeyond(), SETTLE_LEASES * LEASE_NS, startNs);
        final long forNs = TimeUnit.SECONDS.toNanos(plan.seconds());
        while (System.nanoTime() - startNs < (isEnough(schedule) ? forNs : forNs + RECOVERY_NS))
        {
            end(befalling, schedule);
            look();
            final Fault fault = schedule.poll(watch.grid(System.nanoTime()), System.nanoTime());
            if (fault != null)
            {
                out.accept(fault.toString());
                befalling.begin(fault);
            }
            Befalling.park(STEP_NS);
        }

        schedule.stop(System.nanoTime());
        require(() ->
        {
            end(befalling, schedule);
            return schedule.underWay().isEmpty();
        }, "a fault did not come to its end");
        return schedule;
    }

    private boolean isEnough(final FaultSchedule schedule)
    {
        return !isOfEachKind || schedule.begun().stream()
            .map(begun -> begun.fault().kind()).collect(Collectors.toSet()).containsAll(plan.kinds());
    }

    private static void end(final Befalling befalling, final FaultSchedule schedule)
    {
        for (Fault fault = befalling.pollOver(); fault != null; fault = befalling.pollOver())
        {
            schedule.onOver(fault, System.nanoTime());
        }
    }

    private void look()
    {
        for (final VerifiedNode node : nodes)
        {
            node.check();
            final ViewLine view = node.view();
            if (view != null)
            {
                watch.onView(view);
            }
        }
    }

    private boolean isWhole(final long sinceNs)
    {
        look();
        return watch.isWhole(Math.min(COPIES, plan.nodes()), sinceNs);
    }

    private boolean haveAllTold(final long sinceNs)
    {
        look();
        return nodes.stream().allMatch((node) -> node.toldNs() - sinceNs > 0);
    }

    private static void require(final BooleanSupplier condition, final String otherwise)
    {
        if (!await(condition, RECOVERY_NS))
        {
            throw new IllegalStateException(
                otherwise + " within " + TimeUnit.NANOSECONDS.toSeconds(RECOVERY_NS) + " s");
        }
    }

    private static boolean await(final BooleanSupplier condition, final long limitNs)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > limitNs)
            {
                return false;
            }
            Befalling.park(STEP_NS);
        }

        return true;
    }
}
