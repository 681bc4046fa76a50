package io.peregrine.perf.sim;

import io.peregrine.perf.sim.check.Health;
import io.peregrine.perf.sim.check.Invariants;
import io.peregrine.perf.sim.fault.KeptFault;
import io.peregrine.perf.sim.fault.Storms;
import io.peregrine.perf.sim.grid.GridPlan;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.workload.Client;
import io.peregrine.perf.sim.workload.CoreClient;
import io.peregrine.perf.sim.workload.History;
import io.peregrine.perf.sim.workload.Keys;
import io.peregrine.perf.sim.workload.SimClient;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Trace;
import io.peregrine.perf.sim.world.Violation;

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
    private static final int REAL_ONE_IN = 3;
    private static final int REAL_OF = 4;
    private static final long MILLI = 1_000_000;
    private static final long THINK_NS = 20 * MILLI;

    private final long seed;
    private final int machines;
    private final GridRules rules;

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
        final GridPlan plan = GridPlan.draw(random, count, rules.isMemoryShort());
        final Keys keys = new Keys(plan.settings().partitions(), rules.isMemoryShort());
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
            seed, violation, timeline.nowNs(), history.answered(), history.unknown(), decided, trace.digest());
    }

    private boolean run(
        final SimGrid grid, final History history, final Keys keys, final SplittableRandom random)
    {
        final Invariants invariants = new Invariants(grid);
        grid.watcher(invariants);
        grid.host().onLoss((partition, held) ->
        {
            invariants.onLoss(partition, held);
            history.onLoss(partition);
        });
        for (final Machine machine : grid.machines())
        {
            machine.start();
        }

        final Health health = new Health(grid, history);
        health.awaitJoined();
        if (grid.machines().length > 1)
        {
            grid.host().placeAll();
        }
        health.awaitFounded();
        final List<Client> clients = clients(grid, history, keys, random);
        new Storms(grid, random).run();
        health.awaitWell();
        if (grid.machines().length > 1 && random.nextInt(KEPT_ONE_IN) == 0 &&
            grid.host().view().settings().minInSync() == 1 && grid.host().view().settings().replicas() > 1)
        {
            health.awaitSettled();
            final Runnable end = new KeptFault(grid, random).begin();
            health.awaitWrites();
            end.run();
            health.awaitWell();
        }
        clients.forEach(Client::rest);
        health.awaitQuiet(clients);
        invariants.checkContents();
        health.checkEqual();
        clients.forEach(Client::close);
        return history.judge();
    }

    private static String where(final Throwable cause)
    {
        return cause == null ? "" : Arrays.stream(cause.getStackTrace())
            .limit(FRAMES)
            .map((frame) -> "\n    at " + frame)
            .collect(Collectors.joining());
    }

    /**
     * In some runs most go by the rules of the real client.
     */
    private List<Client> clients(
        final SimGrid grid, final History history, final Keys keys, final SplittableRandom random)
    {
        final boolean areSomeReal = rules.hasRealClients() && seed % REAL_ONE_IN == 0;
        final SplittableRandom kinds = new SplittableRandom(seed);
        final List<Client> clients = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--)
        {
            final long think = MILLI + random.nextLong(THINK_NS);
            clients.add(areSomeReal && kinds.nextInt(REAL_OF) > 0 ?
                new CoreClient(grid, history, keys, rules.client(), clients.size(), think) :
                new SimClient(grid, history, keys, clients.size(), think));
        }
        return clients;
    }
}
