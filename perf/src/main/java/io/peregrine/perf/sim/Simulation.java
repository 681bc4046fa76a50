package io.peregrine.perf.sim;

import io.peregrine.client.codec.LockKind;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.partition.Inspection;
import io.peregrine.perf.sim.check.Health;
import io.peregrine.perf.sim.check.Invariants;
import io.peregrine.perf.sim.fault.KeptFault;
import io.peregrine.perf.sim.fault.LostForGood;
import io.peregrine.perf.sim.fault.Storms;
import io.peregrine.perf.sim.grid.GridPlan;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.line.HoldWatch;
import io.peregrine.perf.sim.line.HolderClient;
import io.peregrine.perf.sim.line.LatchClient;
import io.peregrine.perf.sim.line.LatchWatch;
import io.peregrine.perf.sim.workload.Client;
import io.peregrine.perf.sim.workload.CoreClient;
import io.peregrine.perf.sim.workload.History;
import io.peregrine.perf.sim.workload.Keys;
import io.peregrine.perf.sim.workload.SimClient;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Trace;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.log.Sequences;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * One seed: a grid is founded, works, goes through storms of faults, and has to be well again when they are over.
 * <pre>
 *   founded -> healthy -> (calm, storm) some times -> all heals -> healthy
 *   -> in some: a partition is lost for good, that is accepted -> healthy
 *   -> in some: one fault stays, writes go on -> heals -> healthy
 *   -> clients rest -> copies are equal
 * </pre>
 */
public final class Simulation
{
    private static final int MOST_MACHINES = 5;
    private static final int MOST_CLIENTS = 4;
    private static final int FRAMES = 12;
    private static final int KEPT_ONE_IN = 4;
    private static final int LOST_ONE_IN = 10;
    private static final int REAL_ONE_IN = 2;
    private static final long MILLI = 1_000_000;
    private static final long THINK_NS = 20 * MILLI;

    private final long seed;
    private final int machines;
    private final GridRules rules;
    private final SplittableRandom extras;
    private HoldWatch holds;
    private LatchWatch latches;
    private boolean isMemoryFull;
    private boolean isLossAccepted;
    private boolean isFaultKept;
    private int pauses;

    /**
     * @param seed     of all that is drawn.
     * @param machines that nodes run on; 0 to draw it too.
     * @param rules    that it keeps to.
     */
    public Simulation(final long seed, final int machines, final GridRules rules)
    {
        this.seed = seed;
        this.machines = machines;
        this.rules = rules;
        this.extras = new SplittableRandom(seed);
    }

    /**
     * @param out where the trace goes; null for nowhere.
     * @return how it went.
     */
    public SimulationResult run(final PrintWriter out)
    {
        final Timeline timeline = new Timeline(seed);
        final Trace trace = new Trace(timeline, out);
        final SplittableRandom random = timeline.newRandom();
        final int count = machines > 0 ? machines : 2 + random.nextInt(MOST_MACHINES - 1);
        final GridPlan plan = GridPlan.draw(random, count, rules.isMemoryShort(), rules.copyNs(seed));
        final Keys keys = new Keys(plan.settings().partitions(), plan.shortMachine() >= 0);
        final History history = new History(timeline, keys);
        String violation = null;
        boolean decided = false;
        trace.line("plan", "%s", plan);
        try (SimGrid grid = new SimGrid(timeline, trace, plan, rules))
        {
            decided = run(grid, history, keys, random);
        }
        catch (final Violation ex)
        {
            violation = ex.getMessage() + where(ex.getCause());
            trace.line("VIOLATED", "%s", violation);
        }
        return new SimulationResult(
            seed,
            violation,
            timeline.nowNs(),
            history.answered(),
            history.unknown(),
            decided,
            trace.digest(),
            new Reached(isMemoryFull, isLossAccepted, isFaultKept, pauses));
    }

    /**
     * @return what was seen of locks and permits; null before it has run.
     */
    public HoldWatch holds()
    {
        return holds;
    }

    /**
     * @return what was seen of latches; null before it has run.
     */
    public LatchWatch latches()
    {
        return latches;
    }

    private static boolean hasEntries(final SimGrid grid, final int partition)
    {
        return Arrays.stream(grid.machines()).map(Machine::life).anyMatch((life) ->
            life != null && life.hasJoined() && Inspection.last(life.partition(partition)) != Sequences.NONE);
    }

    private boolean run(
        final SimGrid grid, final History history, final Keys keys, final SplittableRandom random)
    {
        final Invariants invariants = new Invariants(grid);
        holds = new HoldWatch(grid.timeline(), grid.plan().settings().partitions());
        latches = new LatchWatch(grid.plan().settings().partitions());
        grid.watcher(invariants);
        grid.host().onLoss((partition, held, isAccepted) ->
        {
            invariants.onLoss(partition, held, isAccepted);
            history.onLoss(partition);
            holds.onLoss(partition);
            latches.onLoss(partition);
        });
        for (final Machine machine : grid.machines())
        {
            machine.start();
        }

        final Health health = new Health(grid, history);
        health.awaitJoined();
        if (grid.machines().length > 1)
        {
            grid.host().placeAll((partition) -> hasEntries(grid, partition));
        }
        health.awaitFounded();
        final List<Client> clients = clients(grid, history, keys, random);
        final Storms storms = new Storms(grid, random);
        storms.run();
        keys.clear();
        health.awaitCleared(keys);
        health.awaitCopies();
        storms.end();
        health.awaitWell();
        if (grid.machines().length > 1)
        {
            loseForGood(grid, health);
            keepFault(grid, health, random);
        }
        isMemoryFull = invariants.isMemoryFull();
        pauses = invariants.pauses();
        clients.forEach(Client::rest);
        health.awaitQuiet(clients);
        invariants.checkContents();
        health.checkEqual();
        clients.forEach(Client::close);
        return history.judge();
    }

    private void loseForGood(final SimGrid grid, final Health health)
    {
        if (extras.nextInt(LOST_ONE_IN) == 0)
        {
            isLossAccepted = new LostForGood(grid, extras).run();
            health.awaitWell();
        }
    }

    /**
     * Where one copy more is wanted than has to be there.
     */
    private void keepFault(final SimGrid grid, final Health health, final SplittableRandom random)
    {
        final GridSettings settings = grid.host().view().settings();
        if (random.nextInt(KEPT_ONE_IN) == 0 &&
            Math.min(settings.replicas(), grid.machines().length) > settings.minInSync())
        {
            health.awaitSettled();
            isFaultKept = true;
            final Runnable end = new KeptFault(grid, random).begin();
            health.awaitWrites();
            end.run();
            health.awaitWell();
        }
    }

    private static String where(final Throwable cause)
    {
        return cause == null ? "" : Arrays.stream(cause.getStackTrace())
            .limit(FRAMES)
            .map((frame) -> "\n    at " + frame)
            .collect(Collectors.joining());
    }

    /**
     * Of two one goes by the rules of the real client.
     */
    private List<Client> clients(
        final SimGrid grid, final History history, final Keys keys, final SplittableRandom random)
    {
        final List<Client> clients = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--)
        {
            final long think = MILLI + random.nextLong(THINK_NS);
            clients.add(rules.hasRealClients() && Math.floorMod(seed + clients.size(), REAL_ONE_IN) == 0 ?
                new CoreClient(grid, history, keys, rules.client(), clients.size(), think) :
                new SimClient(grid, history, keys, clients.size(), think));
        }
        addHolders(grid, clients, LockKind.LOCK, rules.lockClients(seed));
        addHolders(grid, clients, LockKind.SEMAPHORE, rules.permitClients(seed));
        for (int i = rules.latchClients(seed); i > 0; i--)
        {
            clients.add(new LatchClient(
                grid, latches, rules.client(), clients.size(), MILLI + extras.nextLong(THINK_NS)));
        }
        return clients;
    }

    private void addHolders(final SimGrid grid, final List<Client> clients, final LockKind kind, final int count)
    {
        for (int i = count; i > 0; i--)
        {
            clients.add(new HolderClient(
                grid, holds, rules.client(), kind, clients.size(), MILLI + extras.nextLong(THINK_NS)));
        }
    }
}
