package io.peregrine.node;

import io.peregrine.node.cluster.ClusterControl;
import io.peregrine.node.cluster.ClusterSettings;
import io.peregrine.node.cluster.Seeds;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Joining;
import io.peregrine.node.control.LoneControl;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.node.partition.Limits;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.process.StartupException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The node's way to who decides. By the thread that launches.
 */
final class NodeControl
{
    private static final int MESSAGE_OVERHEAD = 1024;
    private static final long STEP_NS = 1_000_000;

    private NodeControl()
    {
    }

    /**
     * @return a control plane that has taken the node in.
     * @throws StartupException when it does not in time.
     */
    static ControlPlane open(final NodeContext context, final ErrorHandler errorHandler)
    {
        if (!hasPeers(context))
        {
            return lone(context);
        }

        final ControlPlane given = context.controlPlane();
        final ControlPlane plane = given == null ? ClusterControl.launch(settings(context, errorHandler)) : given;
        try
        {
            awaitMembership(plane, context.get(NodeSettings.JOIN_TIMEOUT));
            return plane;
        }
        catch (final RuntimeException ex)
        {
            CloseHelper.quietClose(plane);
            throw ex;
        }
    }

    /**
     * @return whether there can be other nodes.
     */
    static boolean hasPeers(final NodeContext context)
    {
        return context.controlPlane() != null || !context.get(NodeSettings.SEEDS).isEmpty();
    }

    /**
     * @return whether the node is among its seeds.
     */
    static boolean isSeed(final NodeContext context)
    {
        final String seeds = context.get(NodeSettings.SEEDS);
        return !seeds.isEmpty() && Seeds.parse(seeds).indexOf(context.get(NodeSettings.NAME)) >= 0;
    }

    /**
     * @return what requests are bound by: the same on every node of the grid, but for what happens at the memory limit.
     */
    static Limits limits(final NodeContext context, final GridSettings grid)
    {
        return new Limits(
            grid.partitions(),
            grid.maxKeyLength(),
            grid.maxValueLength(),
            2 * grid.maxValueLength() + grid.maxKeyLength() + MESSAGE_OVERHEAD,
            context.get(NodeSettings.MEMORY_POLICY) == MemoryPolicy.EVICT);
    }

    private static ClusterSettings settings(final NodeContext context, final ErrorHandler errorHandler)
    {
        final String name = context.get(NodeSettings.NAME);
        final String address = context.get(NodeSettings.BIND);
        final String directory = context.get(NodeSettings.DIR);
        return new ClusterSettings(
            NodeVersion.CURRENT,
            Seeds.parse(context.get(NodeSettings.SEEDS)),
            context.get(NodeSettings.GRID),
            new Joining.Node(
                name,
                address,
                context.get(NodeSettings.WEIGHT),
                context.get(NodeSettings.ZONE),
                context.get(NodeSettings.AGENTS),
                ThreadLocalRandom.current().nextLong(Long.MAX_VALUE)),
            address.substring(0, address.lastIndexOf(':')),
            directory.isEmpty() ? null : Path.of(directory),
            LiveDirectory.controlDriverOf(Path.of(context.get(NodeSettings.LIVE_DIR)), name),
            founding(context, context.get(NodeSettings.REPLICAS), context.get(NodeSettings.MIN_IN_SYNC)),
            context.get(NodeSettings.ABSENT_AFTER),
            errorHandler);
    }

    private static ControlPlane lone(final NodeContext context)
    {
        final LoneControl control = new LoneControl();
        control.found(
            founding(context, 1, 1),
            context.get(NodeSettings.NAME),
            context.get(NodeSettings.BIND),
            context.get(NodeSettings.AGENTS));
        return control;
    }

    private static GridSettings founding(final NodeContext context, final int replicas, final int minInSync)
    {
        return new GridSettings(
            context.get(NodeSettings.PARTITIONS),
            replicas,
            minInSync,
            context.get(NodeSettings.MAPS),
            context.get(NodeSettings.KEY_MAX),
            context.get(NodeSettings.VALUE_MAX).intValue(),
            GridSettings.ALONE_LEASE_NS);
    }

    private static void awaitMembership(final ControlPlane plane, final long timeoutNs)
    {
        final long startNs = System.nanoTime();
        while (plane.self() == null || plane.view().settings() == null)
        {
            if (System.nanoTime() - startNs >= timeoutNs || Thread.currentThread().isInterrupted())
            {
                final String trouble = plane.trouble();
                throw new StartupException("the grid has not taken this node in: " +
                    (trouble == null ? "nobody who decides was heard of" : trouble) +
                    "; check 'seeds', or wait longer (setting 'join.timeout').");
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }
}
