package io.peregrine.node;

import io.peregrine.client.Idling;
import io.peregrine.client.config.SettingValues;
import io.peregrine.client.config.SettingsContext;
import io.peregrine.node.cluster.Seeds;
import io.peregrine.node.control.ControlPlane;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.function.Supplier;

/**
 * The configuration of one node, concluded by the launch: its settings are in {@link NodeSettings}. Every fault goes to
 * the node's own error log, and to the handler that is set here besides. One thread.
 */
public final class NodeContext extends SettingsContext<NodeContext>
{
    private static final long LEAST_SHARE = 4L << 20;

    private Supplier<IdleStrategy> ofSetting;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private ControlPlane controlPlane;

    /**
     * A context without anything set.
     */
    public NodeContext()
    {
        super(NodeSettings.ALL, "a node");
    }

    /**
     * @param name of the node, unique in its grid and on its machine.
     * @return this.
     */
    public NodeContext name(final String name)
    {
        return set(NodeSettings.NAME, name);
    }

    /**
     * @param directory that the node keeps locked for itself.
     * @return this.
     */
    public NodeContext dir(final String directory)
    {
        return set(NodeSettings.DIR, directory);
    }

    /**
     * @param address HOST:PORT at which the node is reached.
     * @return this.
     */
    public NodeContext bind(final String address)
    {
        return set(NodeSettings.BIND, address);
    }

    /**
     * @param seeds NAME=HOST:PORT of each node that hosts the control plane, with commas between.
     * @return this.
     */
    public NodeContext seeds(final String seeds)
    {
        return set(NodeSettings.SEEDS, seeds);
    }

    /**
     * @param threading which threads the node runs on.
     * @return this.
     */
    public NodeContext threading(final Threading threading)
    {
        return set(NodeSettings.THREADING, threading);
    }

    /**
     * @param agents number of data agents.
     * @return this.
     */
    public NodeContext agents(final int agents)
    {
        return set(NodeSettings.AGENTS, agents);
    }

    /**
     * @param partitions of the grid.
     * @return this.
     */
    public NodeContext partitions(final int partitions)
    {
        return set(NodeSettings.PARTITIONS, partitions);
    }

    /**
     * @param bytes outside the Java heap that stores may take.
     * @return this.
     */
    public NodeContext memoryLimit(final long bytes)
    {
        return set(NodeSettings.MEMORY_LIMIT, bytes);
    }

    /**
     * @param policy at the memory limit.
     * @return this.
     */
    public NodeContext memoryPolicy(final MemoryPolicy policy)
    {
        return set(NodeSettings.MEMORY_POLICY, policy);
    }

    /**
     * @param idling of threads with nothing to do.
     * @return this.
     */
    public NodeContext idle(final Idling idling)
    {
        return set(NodeSettings.IDLE, idling);
    }

    /**
     * @param clock monotonic, in nanoseconds.
     * @return this.
     */
    public NodeContext nanoClock(final NanoClock clock)
    {
        requireOpen();
        nanoClock = clock;
        return this;
    }

    /**
     * @param clock of the wall; only shown, never reckoned with.
     * @return this.
     */
    public NodeContext epochClock(final EpochClock clock)
    {
        requireOpen();
        epochClock = clock;
        return this;
    }

    /**
     * @param plane that the node is to belong to, closed with the node; it knows the node by its name and address.
     * @return this.
     */
    public NodeContext controlPlane(final ControlPlane plane)
    {
        requireOpen();
        controlPlane = plane;
        return this;
    }

    @Override
    protected NodeContext self()
    {
        return this;
    }

    @Override
    protected void check(final SettingValues resolved)
    {
        require(BitUtil.isPowerOfTwo(resolved.get(NodeSettings.REQUEST_RING)), "request.ring must be a power of two");
        require(BitUtil.isPowerOfTwo(resolved.get(NodeSettings.REPLY_RING)), "reply.ring must be a power of two");
        require(
            BitUtil.isPowerOfTwo(resolved.get(NodeSettings.CLIENTS_TERM)), "clients.term must be a power of two");
        require(
            resolved.get(NodeSettings.CLIENTS_SILENCE) >= 2 * resolved.get(NodeSettings.CLIENTS_BEAT),
            "clients.silence must be at least twice clients.beat: raise clients.silence or lower clients.beat");
        final int agents = resolved.get(NodeSettings.AGENTS);
        require(
            agents <= resolved.get(NodeSettings.PARTITIONS),
            "agents must not be more than partitions: lower agents");
        require(
            resolved.get(NodeSettings.MEMORY_LIMIT) / agents >= LEAST_SHARE,
            "memory.limit must be at least 4m for each of the agents: raise memory.limit or lower agents");
        require(
            controlPlane == null && resolved.get(NodeSettings.SEEDS).isEmpty() ||
                !resolved.get(NodeSettings.BIND).isEmpty(),
            "a node that others are to reach needs an address: set bind");
        require(
            resolved.get(NodeSettings.MIN_IN_SYNC) <= resolved.get(NodeSettings.REPLICAS),
            "min.in.sync must not be more than replicas: lower min.in.sync or raise replicas");
        require(
            !isSeed(resolved) || !resolved.get(NodeSettings.DIR).isEmpty(),
            "a node that hosts the control plane keeps what is decided in a directory: set dir");
        require(
            !isSeed(resolved) || !seedOf(resolved).needs(resolved.get(NodeSettings.BIND)),
            "bind and the port after it must not be among the six ports of this seed: move bind, or the seed");
    }

    private static boolean isSeed(final SettingValues resolved)
    {
        final String seeds = resolved.get(NodeSettings.SEEDS);
        return !seeds.isEmpty() && Seeds.parse(seeds).indexOf(resolved.get(NodeSettings.NAME)) >= 0;
    }

    private static Seeds.Seed seedOf(final SettingValues resolved)
    {
        final Seeds seeds = Seeds.parse(resolved.get(NodeSettings.SEEDS));
        return seeds.all().get(seeds.indexOf(resolved.get(NodeSettings.NAME)));
    }

    @Override
    protected Supplier<IdleStrategy> idling()
    {
        ofSetting = get(NodeSettings.IDLE)::strategy;
        return ofSetting;
    }

    /**
     * @return whether agents let others run and then rest, as nobody wants it otherwise.
     */
    boolean doAgentsBackOff()
    {
        return idleStrategies() == ofSetting && get(NodeSettings.IDLE) == Idling.BACKOFF;
    }

    @Override
    protected ErrorHandler faults()
    {
        return null;
    }

    ControlPlane controlPlane()
    {
        return controlPlane;
    }

    NanoClock nanoClock()
    {
        return nanoClock;
    }

    EpochClock epochClock()
    {
        return epochClock;
    }
}
