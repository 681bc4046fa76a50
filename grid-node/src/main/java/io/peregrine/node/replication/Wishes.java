package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;

import java.util.ArrayList;
import java.util.List;

/**
 * What this agent would have decided of a partition, given what it knows now.
 * <p>
 * A primary puts out who is of no use to it, all of them at once; then takes in who has caught up; then, when everybody
 * whom the plan names is in, puts out who is too many; then hands the lead to whom the plan names first. A backup does
 * one thing: it takes the lead from a primary that must know that it has no lease, and waits the longer the further
 * back it stands in the set, so that not all try. Data agent's thread.
 */
final class Wishes
{
    private final Self self;
    private final PeerPairs pairs;
    private final Damping damping;
    private final long beatNs;
    private ControlView view;

    Wishes(final Self self, final PeerPairs pairs, final Damping damping, final long beatNs)
    {
        this.self = self;
        this.pairs = pairs;
        this.damping = damping;
        this.beatNs = beatNs;
    }

    void onControl(final ControlView newView)
    {
        view = newView;
    }

    /**
     * @param facts of the partition.
     * @param open  what was proposed of it already.
     * @param nowNs of the node's monotonic clock.
     * @return what is to be proposed, or null if all is well or somebody else has to.
     */
    Change of(final PartitionFacts facts, final OpenProposal open, final long nowNs)
    {
        final Assignment decided = facts.assignment();
        final Replica own = decided.replicaOn(self.memberId());
        if (own == null || own.incarnation() != self.incarnation() || !isCurrent(own))
        {
            return null;
        }

        return decided.primary() == self.memberId() ? asPrimary(facts, open, nowNs) : asBackup(facts, open, nowNs);
    }

    private Change asPrimary(final PartitionFacts facts, final OpenProposal open, final long nowNs)
    {
        final Assignment decided = facts.assignment();
        final int laggard = pairs.isAwake(nowNs) ? facts.laggard(nowNs) : Assignment.NO_MEMBER;
        if (hasBad(facts, decided.inSync(), laggard, nowNs) || hasBad(facts, open.additions(), laggard, nowNs))
        {
            final List<Replica> good = new ArrayList<>(decided.inSync());
            good.removeIf(replica -> isBad(facts, replica, laggard, nowNs));
            return change(facts, self.memberId(), good);
        }
        if (!facts.isReconciled())
        {
            return null;
        }

        final List<Integer> plan = facts.plan();
        final boolean hasNewcomer = hasNewcomer(facts, open, nowNs);
        if (hasNewcomer || !open.additions().isEmpty())
        {
            return change(facts, self.memberId(), withNewcomers(facts, open, nowNs));
        }
        if (plan.isEmpty() || !isComplete(decided, plan))
        {
            return null;
        }
        if (decided.inSync().size() > plan.size() + (plan.contains(self.memberId()) ? 0 : 1))
        {
            final List<Replica> planned = new ArrayList<>(decided.inSync());
            planned.removeIf(
                replica -> replica.memberId() != self.memberId() && !plan.contains(replica.memberId()));
            return change(facts, self.memberId(), planned);
        }

        return plan.get(0) == self.memberId() || !damping.mayReturn(decided.replicaOn(plan.get(0)), nowNs) ?
            null : change(facts, plan.get(0), decided.inSync());
    }

    private Change asBackup(final PartitionFacts facts, final OpenProposal open, final long nowNs)
    {
        final Assignment decided = facts.assignment();
        final boolean isSilent = isSilent(facts, decided.replicaOn(decided.primary()), nowNs);
        final long silentNs = open.silentNs(isSilent, nowNs);
        if (!isSilent || !open.isTakeOver() && silentNs < beatNs)
        {
            return null;
        }

        final List<Replica> survivors = new ArrayList<>(decided.inSync());
        survivors.removeIf(replica -> replica.memberId() != self.memberId() &&
            (replica.memberId() == decided.primary() || !isCurrent(replica) || isSilent(facts, replica, nowNs)));
        final int rank = survivors.indexOf(decided.replicaOn(self.memberId()));
        return open.isTakeOver() || silentNs >= beatNs + 2 * rank * beatNs ?
            change(facts, self.memberId(), survivors) : null;
    }

    private boolean hasBad(
        final PartitionFacts facts, final List<Replica> replicas, final int laggard, final long nowNs)
    {
        for (int i = 0; i < replicas.size(); i++)
        {
            if (isBad(facts, replicas.get(i), laggard, nowNs))
            {
                return true;
            }
        }

        return false;
    }

    private boolean isBad(final PartitionFacts facts, final Replica replica, final int laggard, final long nowNs)
    {
        return replica.memberId() != self.memberId() && (replica.memberId() == laggard || !isCurrent(replica) ||
            pairs.isFailing(replica, agentOf(facts, replica.memberId()), nowNs));
    }

    private boolean isSilent(final PartitionFacts facts, final Replica replica, final long nowNs)
    {
        return pairs.isSilent(replica, agentOf(facts, replica.memberId()), nowNs);
    }

    private boolean hasNewcomer(final PartitionFacts facts, final OpenProposal open, final long nowNs)
    {
        for (int i = 0; i < facts.plan().size(); i++)
        {
            if (isNewcomer(facts, open, facts.plan().get(i), nowNs))
            {
                return true;
            }
        }

        return false;
    }

    private List<Replica> withNewcomers(final PartitionFacts facts, final OpenProposal open, final long nowNs)
    {
        final List<Replica> inSync = new ArrayList<>(facts.assignment().inSync());
        for (final int planned : facts.plan())
        {
            if (isNewcomer(facts, open, planned, nowNs))
            {
                inSync.add(view.members().get(planned).replica());
            }
        }

        return inSync;
    }

    /**
     * @return whether the member is to come in: it has caught up, or was proposed already.
     */
    private boolean isNewcomer(
        final PartitionFacts facts, final OpenProposal open, final int memberId, final long nowNs)
    {
        if (facts.assignment().replicaOn(memberId) != null)
        {
            return false;
        }

        final Replica replica = view.members().get(memberId).replica();
        return open.additions().contains(replica) ||
            facts.isCaughtUp(replica) && mayReturn(facts.assignment(), replica, nowNs) &&
            !pairs.isFailing(replica, agentOf(facts, memberId), nowNs);
    }

    /**
     * While there are not copies enough nothing is written: nobody is kept waiting for long then.
     */
    private boolean mayReturn(final Assignment decided, final Replica replica, final long nowNs)
    {
        return decided.inSync().size() < view.settings().minInSync() ?
            damping.mayReturnWhereNeeded(replica, nowNs) : damping.mayReturn(replica, nowNs);
    }

    private static boolean isComplete(final Assignment decided, final List<Integer> plan)
    {
        for (int i = 0; i < plan.size(); i++)
        {
            if (decided.replicaOn(plan.get(i)) == null)
            {
                return false;
            }
        }

        return true;
    }

    private boolean isCurrent(final Replica replica)
    {
        return view.members().get(replica.memberId()).incarnation() == replica.incarnation();
    }

    int agentOf(final PartitionFacts facts, final int memberId)
    {
        final Member member = view.members().get(memberId);
        return member.agentOf(facts.id());
    }

    private static Change change(final PartitionFacts facts, final int primary, final List<Replica> inSync)
    {
        return new Change(facts.id(), facts.assignment().epoch(), primary, inSync);
    }
}
