package io.peregrine.node.replication;

import org.agrona.concurrent.NanoClock;

/**
 * What the partitions of one data agent need to be copies among others.
 *
 * @param settings  of the grid.
 * @param rules     that its safety stands on.
 * @param network   to other nodes.
 * @param control   the way to the control plane; null where it is in this process, and this node is all of the grid.
 * @param clock     of the node, monotonic; asked anew where a lease has to be checked after something was done.
 * @param copyClock that says how long copying took within a step; otherwise near the node's. Nothing else goes by it.
 */
public record Replication(
    ReplicationSettings settings,
    Rules rules,
    PeerNetwork network,
    ControlPort control,
    NanoClock clock,
    NanoClock copyClock)
{
    /**
     * Where copying is measured by the clock of the node.
     *
     * @param settings of the grid.
     * @param rules    that its safety stands on.
     * @param network  to other nodes.
     * @param control  the way to the control plane.
     * @param clock    of the node.
     */
    public Replication(
        final ReplicationSettings settings,
        final Rules rules,
        final PeerNetwork network,
        final ControlPort control,
        final NanoClock clock)
    {
        this(settings, rules, network, control, clock, clock);
    }

    /**
     * @param clock of the node.
     * @return for a node that is alone in its grid.
     */
    public static Replication lone(final NanoClock clock)
    {
        return new Replication(ReplicationSettings.defaults(), new Rules(), (memberId, agent) -> null, null, clock);
    }

    /**
     * @return whether there can be no other node.
     */
    public boolean isLone()
    {
        return control == null;
    }
}
