package io.peregrine.node;

import io.peregrine.client.Grid;
import io.peregrine.client.Grids;
import io.peregrine.client.port.RequestPort;
import io.peregrine.node.agent.DataAgents;
import io.peregrine.node.agent.EmbeddedPort;
import io.peregrine.node.agent.NodeFacts;
import io.peregrine.node.agent.NodeGate;
import io.peregrine.node.agent.NodeHooks;
import io.peregrine.node.gateway.Gateway;
import io.peregrine.node.gateway.RequestDesk;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.CopyState;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.peer.Peers;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A node of the grid in this process. Launched by {@link #launch(NodeContext)}, ready when that returns, ended by
 * {@link #close()}. Any thread may call it, and {@link #grid()} may be used by any number of threads.
 */
public final class GridNode implements AutoCloseable
{
    private static final System.Logger LOGGER = System.getLogger(GridNode.class.getName());
    private static final long ACTIVITY_MS = 1000;

    private final AtomicReference<NodeState> state = new AtomicReference<>(NodeState.STARTING);
    private final NodeContext context;
    private final NodeResources resources;
    private final ControlPlane control;
    private final NodeGate gate;
    private final Member self;
    private final NodeGateways gateways;
    private final NodePeers peers;
    private final DataAgents agents;
    private final AgentThreads threads;
    private GridPort gridPort;
    private Grid grid;

    private GridNode(final NodeContext context, final NodeResources resources, final ControlPlane control)
    {
        this.context = context;
        this.resources = resources;
        this.control = control;
        this.self = control.self();
        this.gate = new NodeGate(control);
        final Limits limits = NodeControl.limits(context, control.view().settings());
        this.gateways = new NodeGateways(context, resources, gate, limits, self.id());
        this.peers = new NodePeers(context, resources, self, limits);
        final boolean invoked = context.get(NodeSettings.THREADING) == Threading.INVOKER;
        this.agents = new DataAgents(
            new DataAgents.Settings(
                context.get(NodeSettings.AGENTS),
                new Replica(self.id(), self.incarnation()),
                limits,
                context.get(NodeSettings.MEMORY_LIMIT),
                context.get(NodeSettings.REQUEST_RING).intValue(),
                context.get(NodeSettings.REPLY_RING).intValue(),
                context.get(NodeSettings.LANES),
                context.get(NodeSettings.COPY_SHARE),
                invoked),
            new DataAgents.Surroundings(
                gate, resources.file(), new Hooks(), context.nanoClock(), context.epochClock(), resources),
            new EmbeddedPort.Settings(
                limits.maxKeyLength(),
                limits.maxValueLength(),
                context.get(NodeSettings.LANE_REQUESTS),
                context.idleStrategies(),
                this::driveIfOwn,
                resources.file().newCounter(CounterType.RING_FULL)));
        this.threads = new AgentThreads(agents, invoked, context, resources);
    }

    /**
     * Launch a node with its settings from files, environment and system properties only.
     *
     * @return the node, ready.
     */
    public static GridNode launch()
    {
        return launch(new NodeContext());
    }

    /**
     * Launch a node.
     *
     * @param context of this node alone; concluded here.
     * @return the node, ready.
     * @throws io.peregrine.client.config.ConfigurationException when a setting cannot be used as given.
     * @throws io.peregrine.transport.process.StartupException   when the machine or the process is not fit for it.
     */
    public static GridNode launch(final NodeContext context)
    {
        context.conclude();
        final NodeResources resources = NodeResources.acquire(context);
        ControlPlane control = null;
        GridNode node = null;
        try
        {
            control = NodeControl.open(context, resources);
            node = new GridNode(context, resources, control);
            node.start();
            return node;
        }
        catch (final Throwable ex)
        {
            if (node == null)
            {
                CloseHelper.quietCloseAll(control, resources);
            }
            else
            {
                node.close();
            }
            throw ex;
        }
    }

    /**
     * @return the grid that this node is part of, always the same object; it fails once the node is closed.
     */
    public Grid grid()
    {
        return grid;
    }

    /**
     * @return the way to the data agents for callers in this process.
     */
    public RequestPort port()
    {
        return gridPort == null ? agents.port() : gridPort;
    }

    /**
     * @return its configuration, concluded.
     */
    public NodeContext context()
    {
        return context;
    }

    /**
     * @return where it is in its life.
     */
    public NodeState state()
    {
        return state.get();
    }

    /**
     * @return what this node knows to be decided about the grid, which may be more by now.
     */
    public ControlView view()
    {
        return control.view();
    }

    /**
     * Have the data agents look at all copies of partitions that are here and count, so that they can be compared with
     * those of other nodes. It costs each agent the time to visit all that it holds, a partition between two rounds of
     * its other work.
     *
     * @return what each holds; fails where the node is closed first.
     */
    public CompletableFuture<List<CopyState>> copies()
    {
        return agents.copies();
    }

    /**
     * An operator can have a node leave. Then its copies are made elsewhere; it goes on as a way into the grid for
     * callers of its process, and holds nothing, until it is closed. Started anew it is taken in again.
     *
     * @return whether it was asked to go and has nothing any more.
     */
    public boolean hasLeft()
    {
        return gridPort != null && Leaving.hasLeft(control.view(), self);
    }

    /**
     * @return whether the node hosts a part of the control plane, which goes on as long as it runs.
     */
    public boolean isSeed()
    {
        return context.controlPlane() == null && NodeControl.isSeed(context);
    }

    /**
     * Drive the node on the calling thread, with {@code threading=invoker}. One thread at a time.
     *
     * @return work done; 0 when there was nothing to do.
     */
    public int invoke()
    {
        return threads.invoke();
    }

    /**
     * Stop: locks that are held here are let go of, copies are made elsewhere, new requests are refused, those that
     * came are answered, then every call fails. Waits at most for {@code close.timeout} each for the locks, the copies
     * and the answers, and for the agents' threads to end. Where the application drives the node, the calling thread
     * drives it to its end. Safe to call twice and from any thread; only the first call stops.
     */
    @Override
    public void close()
    {
        if (threads.isOwnThread())
        {
            context.threadFactory().newThread(this::close).start();
            return;
        }

        NodeState before;
        do
        {
            before = state.get();
            if (before.isEnding())
            {
                return;
            }
        }
        while (!state.compareAndSet(before, NodeState.STOPPING));

        if (before == NodeState.SERVING)
        {
            log("stopping");
            if (grid != null)
            {
                Grids.letGo(grid);
            }
            if (gridPort != null)
            {
                leave();
            }
            gate.shut();
            drain();
        }
        gate.shut();
        CloseHelper.quietClose(gridPort);
        threads.close();
        gate.close();
        CloseHelper.quietCloseAll(grid, control, resources);
        state.set(NodeState.CLOSED);
        log("closed");
    }

    private void start()
    {
        threads.start(context.get(NodeSettings.NAME), context.threadFactory());
        state.set(NodeState.SERVING);
        gate.open();
        if (NodeControl.hasPeers(context))
        {
            gridPort = new GridPort(agents.port(), OwnClient.connect(context, resources, this::driveIfOwn));
        }
        grid = Grids.over(
            port(), context.get(NodeSettings.CALL_TIMEOUT), context.get(NodeSettings.CLOSE_TIMEOUT));
        log("serving " + control.view().settings().partitions() + " partitions, memory limit " +
            context.values().text(NodeSettings.MEMORY_LIMIT));
    }

    private void drain()
    {
        serveUntil(agents::isDrained);
    }

    /**
     * Have the copies that are here made elsewhere, as far as there is an elsewhere.
     */
    private void leave()
    {
        final Leaving leaving = new Leaving(control, self);
        serveUntil(() -> leaving.isDone(System.nanoTime()));
    }

    private void serveUntil(final BooleanSupplier isDone)
    {
        final IdleStrategy idle = context.idleStrategies().get();
        final long startNs = System.nanoTime();
        final long timeoutNs = context.get(NodeSettings.CLOSE_TIMEOUT);
        while (!isDone.getAsBoolean() && !gate.isClosed() && System.nanoTime() - startNs < timeoutNs)
        {
            idle.idle(threads.isInvoked() ? threads.invoke() : 0);
        }
    }

    private int driveIfOwn()
    {
        return threads.driveIfOwn();
    }

    private void log(final String event)
    {
        LOGGER.log(System.Logger.Level.INFO, () -> "node " + context.get(NodeSettings.NAME) + " " + event);
    }

    /**
     * What the data agents call of this node.
     */
    private final class Hooks implements NodeHooks
    {
        private final AtomicCounter lanes = resources.file().newCounter(CounterType.LANES);
        private final AtomicCounter structures = resources.file().newCounter(CounterType.STRUCTURES);
        private final AtomicLongArray seenMs = new AtomicLongArray(NodeSettings.MOST_AGENTS);
        private volatile long shownMs;

        @Override
        public Gateway gateway(final int agent, final RequestDesk desk)
        {
            return gateways.open(agent, desk);
        }

        @Override
        public Peers peers(final int agent)
        {
            return peers.open(agent);
        }

        @Override
        public NodeFacts facts()
        {
            return gateways.facts();
        }

        @Override
        public void onSweep(final int agent, final long epochMs)
        {
            gateways.show(agent);
            peers.show(agent);
            if (agent == 0)
            {
                lanes.setRelease(agents.lanes());
                structures.setRelease(control.view().structures().size());
            }
            seenMs.setRelease(agent, epochMs);
            if (agent == 0 || epochMs - seenMs.getAcquire(0) >= ACTIVITY_MS)
            {
                showActivity();
            }
        }

        /**
         * The node is as active as the agent that was not seen for longest.
         */
        private void showActivity()
        {
            long least = Long.MAX_VALUE;
            for (int i = agents.count() - 1; i >= 0; i--)
            {
                least = Math.min(least, seenMs.getAcquire(i));
            }
            if (least - shownMs >= ACTIVITY_MS)
            {
                shownMs = least;
                resources.file().activity(least);
            }
        }

        @Override
        public void onFailure(final Throwable cause)
        {
            if (state.compareAndSet(NodeState.SERVING, NodeState.FAILED))
            {
                LOGGER.log(
                    System.Logger.Level.ERROR,
                    "node " + context.get(NodeSettings.NAME) + " stopped: its state can be trusted no longer",
                    cause);
            }
        }
    }
}
