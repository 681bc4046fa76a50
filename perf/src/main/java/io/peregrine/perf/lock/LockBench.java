package io.peregrine.perf.lock;

import io.peregrine.client.Driving;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.remote.RedisServer;
import io.peregrine.perf.remote.ServedMap;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;
import io.peregrine.perf.rig.Scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The benchmark of locks, whose node is in another process, over UDP. Used once, by one thread; when a run is over,
 * however it ends, its processes have ended too.
 */
public final class LockBench
{
    private static final double[] ALL = {1};
    private static final String MODE = "udp";
    private static final int ENTRIES = 100_000;
    private static final int VALUE = 100;

    private final Plan load;
    private final boolean withFloor;
    private final Progress progress;
    private final List<Result> results = new ArrayList<>();
    private TakeOverReport takeOvers;
    private PrimaryLossReport primaryLosses;
    private LocksMemory memory;

    /**
     * @param load      rounds and time; its rows are not looked at.
     * @param withFloor whether to alternate with a put.
     * @param progress  to tell.
     */
    public LockBench(final Plan load, final boolean withFloor, final Progress progress)
    {
        this.load = load;
        this.withFloor = withFloor;
        this.progress = progress;
    }

    /**
     * Measure.
     *
     * @param rows  that are wanted; that of Redis is left out where it is not installed.
     * @param kills of holders, and of primaries.
     * @param locks whose memory is looked at.
     * @throws InterruptedException when interrupted.
     */
    public void run(final Set<LockRow> rows, final int kills, final int locks) throws InterruptedException
    {
        try (Workplace workplace = new Workplace())
        {
            if (rows.contains(LockRow.ACQUIRE) || rows.contains(LockRow.PERMIT) ||
                rows.contains(LockRow.HAND_OVER) || rows.contains(LockRow.REDIS) && hasPeer())
            {
                runRemote(workplace, rows);
            }
            if (rows.contains(LockRow.TAKE_OVER))
            {
                takeOvers = new TakeOvers(workplace, progress).run(kills);
            }
            if (rows.contains(LockRow.PRIMARY_LOSS))
            {
                primaryLosses = new PrimaryLosses(workplace, progress).run(kills);
            }
            if (rows.contains(LockRow.MEMORY))
            {
                progress.at("memory of locks", 0);
                memory = MemoryChild.measure(workplace, locks);
            }
        }
    }

    private void runRemote(final Workplace workplace, final Set<LockRow> rows) throws InterruptedException
    {
        final Workload workload = Workload.uniform(ENTRIES, VALUE);
        try (ServedMap served = new ServedMap(workplace, workload, false, Driving.CALLER))
        {
            final Scenario puts = withFloor ? new PutSide(workload, served.client().grid()) : null;
            final LockSide locks = new LockSide(served.client().grid());
            if (withFloor)
            {
                served.fill(progress);
            }
            if (rows.contains(LockRow.ACQUIRE))
            {
                measure("acquire", locks, puts);
            }
            if (rows.contains(LockRow.PERMIT))
            {
                measure("permit", new PermitSide(served.client().grid()), puts);
            }
            if (rows.contains(LockRow.REDIS) && hasPeer())
            {
                try (RedisSide redis = new RedisSide())
                {
                    measure("acquire, against Redis", locks, redis);
                }
            }
            if (rows.contains(LockRow.HAND_OVER))
            {
                try (HandOver handOver = new HandOver(served.client().grid(), served.address(), workplace))
                {
                    measure("hand-over", handOver, puts);
                }
            }
        }
    }

    private void measure(final String row, final Scenario subject, final Scenario floor) throws InterruptedException
    {
        final Plan plan = new Plan(
            MODE, new String[]{row}, ALL, load.threads(), load.rate(), load.rounds(), load.warmupNs(), load.turnNs(),
            load.operations());
        results.addAll(new Rounds(plan, subject, floor, progress).run());
    }

    /**
     * Can the peer be measured here?
     *
     * @return whether Redis is installed.
     */
    public static boolean hasPeer()
    {
        return RedisServer.isInstalled();
    }

    /**
     * The rows that the rig measured.
     *
     * @return in the order of measuring.
     */
    public List<Result> results()
    {
        return results;
    }

    /**
     * Of killed holders.
     *
     * @return null if it was not measured.
     */
    public TakeOverReport takeOvers()
    {
        return takeOvers;
    }

    /**
     * Of killed primaries.
     *
     * @return null if it was not measured.
     */
    public PrimaryLossReport primaryLosses()
    {
        return primaryLosses;
    }

    /**
     * Of idle locks.
     *
     * @return null if it was not measured.
     */
    public LocksMemory memory()
    {
        return memory;
    }
}
