package io.peregrine.node.agent;

import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.RequestPort;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.CopyState;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.peer.Peers;
import io.peregrine.node.peer.PlanePort;
import io.peregrine.node.replication.NoLeases;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Self;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.transport.monitor.NodeFile;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The data agents of one node with all that they share, made and not yet started: whoever owns this runs the agents.
 */
public final class DataAgents
{
    private final DataAgent[] agents;
    private final AgentHandle[] handles;
    private final Lanes lanes;
    private final EmbeddedPort port;

    /**
     * What the agents are made with.
     *
     * @param agents        how many.
     * @param member        this node in its present life.
     * @param limits        on requests.
     * @param memoryLimit   bytes of all stores; the agents share it.
     * @param requestRing   length of an agent's ring of requests, in bytes, a power of two.
     * @param replyRing     length of a lane's ring of answers, in bytes, a power of two.
     * @param maxLanes      lanes at one time.
     * @param copyPercent   of an agent's time that may go into taking copies, and as much into giving them.
     * @param agentsMayRest whether agents may stand still while callers read, so that these need a clock of their own.
     */
    public record Settings(
        int agents,
        Replica member,
        Limits limits,
        long memoryLimit,
        int requestRing,
        int replyRing,
        int maxLanes,
        int copyPercent,
        boolean agentsMayRest)
    {
    }

    /**
     * What the agents use of the node around them.
     *
     * @param gate         of requests.
     * @param file         that counters are shown in.
     * @param hooks        into the node.
     * @param clock        monotonic.
     * @param epochClock   of the wall, for what is shown only.
     * @param errorHandler for faults.
     */
    public record Surroundings(
        NodeGate gate,
        NodeFile file,
        NodeHooks hooks,
        NanoClock clock,
        EpochClock epochClock,
        ErrorHandler errorHandler)
    {
    }

    /**
     * @param settings     what they are made with.
     * @param around       what they use.
     * @param portSettings of the port for callers.
     */
    public DataAgents(
        final Settings settings, final Surroundings around, final EmbeddedPort.Settings portSettings)
    {
        final int count = settings.agents();
        handles = new AgentHandle[count];
        agents = new DataAgent[count];
        lanes = new Lanes(settings.maxLanes(), count, settings.replyRing());
        for (int i = 0; i < count; i++)
        {
            handles[i] = new AgentHandle(settings.requestRing());
        }

        final NodeParts node = new NodeParts(
            around.gate(), lanes, handles, around.clock(), around.epochClock(), around.errorHandler());
        final Shard[] shards = new Shard[settings.limits().partitions()];
        final MemoryBudget[] budgets = MemoryBudget.shares(settings.memoryLimit(), count);
        for (int i = 0; i < count; i++)
        {
            agents[i] = newAgent(i, settings, budgets[i], node, around, shards);
        }

        port = new EmbeddedPort(shards, handles, around.gate(), lanes, portSettings);
    }

    /**
     * @return how many there are.
     */
    public int count()
    {
        return agents.length;
    }

    /**
     * @param index from 0.
     * @return an agent to run.
     */
    public Agent agent(final int index)
    {
        return agents[index];
    }

    /**
     * @param index from 0.
     * @return how that agent idles where it lets others run, and rests.
     */
    public IdleStrategy idle(final int index)
    {
        return new AgentIdle(agents[index]::wasAsked, agents[index]::isCopying, SystemNanoClock.INSTANCE);
    }

    /**
     * @return for callers in this process.
     */
    public RequestPort port()
    {
        return port;
    }

    /**
     * @return lanes that are open.
     */
    public int lanes()
    {
        return lanes.open();
    }

    /**
     * @return whether all requests that came are carried out and answered. Any thread; of the moment.
     */
    public boolean isDrained()
    {
        for (final DataAgent agent : agents)
        {
            if (!agent.isDrained())
            {
                return false;
            }
        }

        return !lanes.anyClaim();
    }

    /**
     * Look at all copies that count, which costs each agent the time to visit all that it holds, one partition a cycle.
     *
     * @return what each holds, at its time; fails where the agents end first. Any thread.
     */
    public CompletableFuture<List<CopyState>> copies()
    {
        CompletableFuture<List<CopyState>> all = CompletableFuture.completedFuture(List.of());
        for (final DataAgent agent : agents)
        {
            all = all.thenCombine(
                agent.copies(), (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }

        return all;
    }

    private static DataAgent newAgent(
        final int index,
        final Settings settings,
        final MemoryBudget budget,
        final NodeParts node,
        final Surroundings around,
        final Shard[] shards)
    {
        final Limits limits = settings.limits();
        final int[] owned = owned(index, settings.agents(), limits.partitions());
        final AgentMemory memory = new AgentMemory(budget, limits.maxEntryLength(), KeyHash::hash);
        final Peers peers = around.hooks().peers(index);
        final AgentPartitions partitions = new AgentPartitions(
            new AgentPartitions.Settings(
                new Self(settings.member().memberId(), settings.member().incarnation(), index), limits, owned),
            memory,
            peers == null ? Replication.lone(node.clock()) : new Replication(
                ReplicationSettings.defaults(settings.copyPercent()),
                NoLeases.rulesOfProcess(),
                peers,
                new PlanePort(node.gate().control()),
                node.clock()));
        final AgentHandle handle = node.agents()[index];
        for (final int partition : owned)
        {
            shards[partition] = new Shard(
                partitions.partition(partition), handle, settings.agentsMayRest() ? node.clock() : handle.clock());
        }

        return new DataAgent(
            node,
            index,
            partitions,
            memory,
            peers,
            new StatusDesk(around.hooks().facts(), node, shards, around.file().counters(), partitions.replies()),
            new AgentCounters(around.file(), index),
            around.hooks(),
            limits.maxRequestLength());
    }

    private static int[] owned(final int index, final int agents, final int partitions)
    {
        final int[] owned = new int[(partitions - index + agents - 1) / agents];
        for (int i = 0; i < owned.length; i++)
        {
            owned[i] = index + i * agents;
        }

        return owned;
    }
}
