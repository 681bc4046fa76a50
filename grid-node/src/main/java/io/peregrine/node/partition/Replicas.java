package io.peregrine.node.partition;

import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.wire.CommandWriter;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.LoneLease;
import io.peregrine.node.replication.LoneLeases;
import io.peregrine.node.replication.PeerPairs;
import io.peregrine.node.replication.Proposer;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Self;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * All of one data agent that has to do with copies on other nodes. Data agent's thread.
 */
final class Replicas
{
    private final Partition[] owned;
    private final PeerPost post;
    private final PeerPairs pairs;
    private final Primaries primaries;
    private final Backups backups;
    private final Roles roles;
    private final LearningDesk learning;
    private final ViewDesk views;
    private final PeerDesk desk;
    private final Proposer proposer;
    private final AgentMemory memory;
    private ControlView view;

    /**
     * @param byNumber    partitions by number; null where another agent has them.
     * @param owned       those of this agent.
     * @param unsent      where they note that others are to be sent something.
     * @param self        what this agent is to others.
     * @param replication with other nodes.
     * @param replies     for those who wait when the lead is given up.
     * @param entries     to encode entries of the primary's own.
     * @param memory      of the agent.
     * @param tally       of the agent.
     */
    Replicas(
        final Partition[] byNumber,
        final Partition[] owned,
        final IntArrayList unsent,
        final Self self,
        final Replication replication,
        final Replies replies,
        final Entries entries,
        final AgentMemory memory,
        final Tally tally)
    {
        this.owned = owned;
        this.memory = memory;
        if (!replication.isLone())
        {
            memory.leaveRoomForOthers(owned.length);
        }
        final LoneLease lone = new LoneLease(self);
        this.pairs = replication.isLone() ?
            null : new PeerPairs(self, replication, lone, replication.clock().nanoTime());
        final Leases leases = replication.isLone() ? new LoneLeases() : pairs;
        this.post = new PeerPost(self, replication.network());
        this.primaries = new Primaries(
            byNumber, owned, unsent, entries, post, leases, replication.settings(), replication.rules(), tally);
        this.backups = new Backups(byNumber, post, replication, tally);
        this.roles = new Roles(post, leases, replies);
        this.learning = new LearningDesk(byNumber.length, owned, memory, post, replication, tally);
        this.views = new ViewDesk(post, replication.control(), tally, replication.settings().resendNs());
        this.desk = new PeerDesk(byNumber, post, pairs, primaries, backups, roles, learning, views, tally);
        this.proposer = replication.isLone() ? null : new Proposer(
            self, replication, pairs, lone, new CommandWriter()::encode, owned, replication.clock().nanoTime());
    }

    Positions positions()
    {
        return backups.positions();
    }

    void onControl(final ControlView newView, final long nowNs)
    {
        final ControlView former = view;
        view = newView;
        post.view(view);
        desk.controlVersion(view.version());
        views.onControl(view);
        for (final Partition partition : owned)
        {
            if (!view.isSameFor(partition.id(), former))
            {
                roles.decide(partition, view, nowNs);
            }
        }
        if (pairs != null)
        {
            pairs.onControl(view, nowNs);
            proposer.onControl(view, nowNs);
            primaries.refreshLeases();
            learning.onControl(view, nowNs);
        }
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs)
    {
        desk.onMessage(buffer, offset, length, nowNs);
    }

    /**
     * @return work done.
     */
    int work(final long nowNs)
    {
        if (pairs == null)
        {
            return 0;
        }

        pairs.giveRoom(memory.room());
        return pairs.work(nowNs) + primaries.work(nowNs) + backups.work() +
            learning.work(nowNs) + proposer.work(nowNs);
    }
}
