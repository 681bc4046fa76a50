package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Proposes changes of an agent's partitions to the control plane, all of one moment in one command, and asks for the
 * lease of a member that is alone. A proposal stays open until the partition's epoch moves: it is submitted again while
 * it is still wanted, or another takes its place under the same epoch, of which one can win. From the proposal to take
 * the lead on, the old primary is given no lease. Data agent's thread.
 */
public final class Proposer
{
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long RESUBMIT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_HAND_OVERS = 8;

    private final Self self;
    private final PeerPairs pairs;
    private final LoneLease lone;
    private final PartitionFacts[] partitions;
    private final OpenProposal[] open;
    private final Damping damping;
    private final Wishes wishes;
    private final CommandRoute route;
    private final List<Change> due = new ArrayList<>();
    private ControlView view;
    private long nextWorkNs;
    private boolean wasRouteOpen;

    /**
     * @param self        of this agent.
     * @param replication of the grid.
     * @param pairs       of this agent.
     * @param lone        of this member.
     * @param codec       of commands that go through a peer.
     * @param partitions  of this agent.
     * @param nowNs       of the node's monotonic clock.
     */
    public Proposer(
        final Self self,
        final Replication replication,
        final PeerPairs pairs,
        final LoneLease lone,
        final ControlCodec codec,
        final PartitionFacts[] partitions,
        final long nowNs)
    {
        this.self = self;
        this.pairs = pairs;
        this.lone = lone;
        this.partitions = partitions;
        this.open = new OpenProposal[partitions.length];
        for (int i = 0; i < open.length; i++)
        {
            open[i] = new OpenProposal();
        }
        this.damping = new Damping(self.memberId());
        this.wishes = new Wishes(self, pairs, damping, replication.settings().beatNs());
        this.route = new CommandRoute(self, pairs, replication, codec);
        this.nextWorkNs = nowNs;
    }

    /**
     * Called when the partitions and the pairs have taken the view.
     *
     * @param newView of the control plane.
     * @param nowNs   of the node's monotonic clock.
     */
    public void onControl(final ControlView newView, final long nowNs)
    {
        final ControlView former = view;
        view = newView;
        wishes.onControl(view);
        lone.onControl(view);
        for (int i = 0; i < partitions.length; i++)
        {
            final int number = partitions[i].id();
            if (!view.isSameFor(number, former))
            {
                onDecided(i, former == null ? null : former.assignments().get(number), nowNs);
            }
        }
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return how many commands were submitted.
     */
    public int work(final long nowNs)
    {
        if (view == null || nowNs - nextWorkNs < 0)
        {
            return 0;
        }

        nextWorkNs = nowNs + PACE_NS;
        hurryWhenRouteOpens(nowNs);
        boolean isAlone = false;
        int handOvers = 0;
        for (int i = 0; i < partitions.length; i++)
        {
            follow(i);
            final Change wish = wishes.of(partitions[i], open[i], nowNs);
            if (wish != null && (wish.primary() == self.memberId() || handOvers++ < MAX_HAND_OVERS))
            {
                propose(i, wish, nowNs);
            }
            isAlone |= isAlone(partitions[i].assignment().inSync(), partitions[i].assignment().primary()) ||
                open[i].change() != null && isAlone(open[i].change().inSync(), open[i].change().primary());
        }

        return submit(nowNs) + askToStayAlone(isAlone, nowNs);
    }

    private void onDecided(final int index, final Assignment former, final long nowNs)
    {
        final int number = partitions[index].id();
        if (former != null && former.epoch() != view.assignments().get(number).epoch())
        {
            damping.onControl(former, view, number, nowNs);
        }
        follow(index);
    }

    /**
     * A decision settles what was proposed before it; who is not asked to be replaced any more gets leases again.
     */
    private void follow(final int index)
    {
        final boolean wasTakeOver = open[index].isTakeOver();
        if (open[index].follow(partitions[index].assignment()) && wasTakeOver)
        {
            releaseGrants();
        }
    }

    private void releaseGrants()
    {
        for (final PeerPair pair : pairs.all())
        {
            pair.given().withhold(false);
        }
        for (int i = 0; i < partitions.length; i++)
        {
            if (open[i].isTakeOver())
            {
                withhold(i);
            }
        }
    }

    private void withhold(final int index)
    {
        final int primary = partitions[index].assignment().primary();
        pairs.replacing(primary, wishes.agentOf(partitions[index], primary), true);
    }

    private void propose(final int index, final Change wish, final long nowNs)
    {
        final Assignment decided = partitions[index].assignment();
        if (open[index].isNew(wish))
        {
            dampenLostAdditions(open[index], wish, nowNs);
            open[index].open(wish, decided, self.memberId());
            partitions[index].onProposed(wish);
            if (open[index].isTakeOver())
            {
                withhold(index);
            }
        }
        if (open[index].isDue(RESUBMIT_NS, nowNs))
        {
            open[index].onSubmitted(nowNs);
            due.add(wish);
        }
    }

    private void dampenLostAdditions(final OpenProposal proposal, final Change wish, final long nowNs)
    {
        for (final Replica addition : proposal.additions())
        {
            if (!wish.inSync().contains(addition))
            {
                damping.onOut(addition, nowNs);
            }
        }
    }

    private boolean isAlone(final List<Replica> inSync, final int primary)
    {
        return inSync.size() == 1 && primary == self.memberId();
    }

    private int submit(final long nowNs)
    {
        if (due.isEmpty())
        {
            return 0;
        }

        route.submit(
            new ControlCommand.ChangePartitions(new Replica(self.memberId(), self.incarnation()), due), nowNs);
        due.clear();
        return 1;
    }

    private int askToStayAlone(final boolean isAlone, final long nowNs)
    {
        lone.want(isAlone);
        final ControlCommand question = route.isOpen(nowNs) ? lone.question(nowNs) : null;
        if (question == null)
        {
            return 0;
        }

        route.submit(question, nowNs);
        return 1;
    }

    private void hurryWhenRouteOpens(final long nowNs)
    {
        final boolean isOpen = route.isOpen(nowNs);
        if (isOpen && !wasRouteOpen)
        {
            for (final OpenProposal proposal : open)
            {
                proposal.hurry();
            }
        }
        wasRouteOpen = isOpen;
    }
}
