package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Member;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Rules;
import io.peregrine.node.replication.Self;
import io.peregrine.perf.sim.world.Network;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Trace;

import java.util.stream.IntStream;

/**
 * The machines, the network between them and the control plane.
 */
public final class SimGrid implements AutoCloseable
{
    private final Timeline timeline;
    private final Trace trace;
    private final Network network;
    private final GridPlan plan;
    private final GridRules rules;
    private final Rules replicationRules;
    private final ControlHost host;
    private final Machine[] machines;
    private Watcher watcher = (machine) ->
    {
    };

    /**
     * Looks at a machine after each cycle of its node.
     */
    @FunctionalInterface
    public interface Watcher
    {
        /**
         * @param machine whose node has worked.
         */
        void afterCycle(Machine machine);
    }

    /**
     * @param timeline of the run.
     * @param trace    of the run.
     * @param plan     of the grid.
     * @param rules    that it keeps to.
     */
    public SimGrid(final Timeline timeline, final Trace trace, final GridPlan plan, final GridRules rules)
    {
        this.timeline = timeline;
        this.trace = trace;
        this.plan = plan;
        this.rules = rules;
        this.replicationRules = rules.replication();
        network = new Network(timeline);
        host = new ControlHost(timeline, trace, network, plan, rules.control());
        machines = new Machine[plan.machines()];
        for (int i = 0; i < machines.length; i++)
        {
            machines[i] = new Machine(this, i);
        }
    }

    /**
     * @param newWatcher that looks at machines from now on.
     */
    public void watcher(final Watcher newWatcher)
    {
        watcher = newWatcher;
    }

    /**
     * @return true time and what happens.
     */
    public Timeline timeline()
    {
        return timeline;
    }

    /**
     * @return trace of the run.
     */
    public Trace trace()
    {
        return trace;
    }

    /**
     * @return the network.
     */
    public Network network()
    {
        return network;
    }

    /**
     * @return what the grid is like.
     */
    public GridPlan plan()
    {
        return plan;
    }

    /**
     * @return the control plane.
     */
    public ControlHost host()
    {
        return host;
    }

    /**
     * @return the machines.
     */
    public Machine[] machines()
    {
        return machines;
    }

    /**
     * @param member number of a node.
     * @return its machine.
     */
    public Machine machineOf(final int member)
    {
        return machines[Places.of(host.view().members().get(member))];
    }

    /**
     * @param member      number of a node.
     * @param incarnation of it.
     * @return that life of the node, if it has joined and is not over; else null.
     */
    public Life lifeOf(final int member, final long incarnation)
    {
        final Life life = machineOf(member).life();
        return life != null && life.self() != null && life.self().incarnation() == incarnation ? life : null;
    }

    /**
     * @param partition number of it.
     * @return who holds it, in truth.
     */
    public Assignment assignment(final int partition)
    {
        return host.view().assignments().get(partition);
    }

    @Override
    public void close()
    {
        for (final Machine machine : machines)
        {
            machine.crash();
        }
    }

    GridRules rules()
    {
        return rules;
    }

    AgentPartitions newPartitions(final Life life, final Member self, final int agent, final AgentMemory memory)
    {
        final int[] owned = IntStream.range(0, plan.settings().partitions())
            .filter((number) -> self.agentOf(number) == agent).toArray();
        final Replication replication = machines.length == 1 ? Replication.lone(life.clock()) : new Replication(
            plan.replication(rules.copiesAtOnce()),
            replicationRules,
            new Peers(this, life, agent),
            new ControlWay(life),
            life.clock(),
            life.copyClock);
        return new AgentPartitions(
            new AgentPartitions.Settings(new Self(self.id(), self.incarnation(), agent), plan.limits(), owned),
            memory,
            replication);
    }

    void afterCycle(final Machine machine)
    {
        watcher.afterCycle(machine);
    }
}
