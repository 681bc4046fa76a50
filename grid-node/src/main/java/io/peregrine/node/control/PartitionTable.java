package io.peregrine.node.control;

import io.peregrine.node.control.placement.Placement;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who holds which partition, and where its copies belong. Single-threaded.
 * <p>
 * What is never lost by a decision: an in-sync set changes only into one that is led by a replica of the old set in the
 * life in which it was in sync, and that has every acknowledged entry. A set of which no replica is left in that life
 * is frozen. It is begun again empty when all its members have come back without what they held, or when somebody
 * accepts the loss and no replica of it can be serving any more.
 */
final class PartitionTable
{
    private final MemberTable members;
    private final ControlRules rules;
    private Assignment[] assignments = new Assignment[0];
    private List<List<Integer>> plan = List.of();

    PartitionTable(final MemberTable members, final ControlRules rules)
    {
        this.members = members;
        this.rules = rules;
    }

    void found(final int partitions)
    {
        assignments = new Assignment[partitions];
        Arrays.fill(assignments, Assignment.UNPLACED);
        plan = Collections.nCopies(partitions, List.of());
    }

    void load(final List<Assignment> otherAssignments, final List<List<Integer>> otherPlan)
    {
        assignments = otherAssignments.toArray(new Assignment[0]);
        plan = otherPlan;
    }

    List<Assignment> assignments()
    {
        return List.of(assignments);
    }

    List<List<Integer>> plan()
    {
        return plan;
    }

    /**
     * Members came, went or changed: plan anew, and begin partitions again that nobody holds any more.
     */
    void onMembers(final int replicas)
    {
        plan = Placement.plan(members.seats(), plan, replicas);
        for (int partition = 0; partition < assignments.length; partition++)
        {
            final Assignment assignment = assignments[partition];
            if (assignment.epoch() == 0)
            {
                place(partition);
            }
            else if (rules.isLost(
                (int) assignment.inSync().stream().filter(members::hasReturned).count(), assignment.inSync().size()))
            {
                lose(partition);
            }
        }
    }

    ControlCode change(final Replica proposer, final Change change)
    {
        if (change.partition() < 0 || change.partition() >= assignments.length)
        {
            return ControlCode.INVALID;
        }

        final Assignment old = assignments[change.partition()];
        if (!rules.isExpected(change.expectedEpoch(), old.epoch()))
        {
            return ControlCode.EPOCH_MOVED;
        }
        if (old.epoch() == ControlState.MAX_EPOCH)
        {
            return ControlCode.LIMIT;
        }

        final Assignment next = old.next(change.primary(), change.inSync());
        final ControlCode code = check(proposer, old, next);
        if (code == ControlCode.OK)
        {
            assignments[change.partition()] = next;
        }
        return code;
    }

    ControlCode acceptLoss(final ControlCommand.AcceptLoss command, final long timeNs)
    {
        final int partition = command.partition();
        if (partition < 0 || partition >= assignments.length)
        {
            return ControlCode.INVALID;
        }

        final Assignment old = assignments[partition];
        if (old.epoch() != command.expectedEpoch())
        {
            return ControlCode.EPOCH_MOVED;
        }
        if (!rules.mayAcceptLoss(hasCurrent(old), old.inSync().size() == 1, aloneUntil(old), timeNs))
        {
            return ControlCode.UNSAFE;
        }

        return lose(partition) ? ControlCode.OK : ControlCode.LIMIT;
    }

    private boolean hasCurrent(final Assignment assignment)
    {
        return assignment.inSync().stream().anyMatch(members::isCurrent);
    }

    private long aloneUntil(final Assignment assignment)
    {
        return assignment.inSync().isEmpty() ?
            0 : members.get(assignment.inSync().get(0).memberId()).aloneUntilNs();
    }

    private ControlCode check(final Replica proposer, final Assignment old, final Assignment next)
    {
        final Set<Integer> seen = new HashSet<>();
        for (final Replica replica : next.inSync())
        {
            if (!seen.add(replica.memberId()))
            {
                return ControlCode.INVALID;
            }
            if (!members.isCurrent(replica))
            {
                return ControlCode.UNKNOWN;
            }
        }

        final Replica leader = next.replicaOn(next.primary());
        if (leader == null)
        {
            return ControlCode.INVALID;
        }
        if (!members.isCurrent(proposer))
        {
            return ControlCode.UNKNOWN;
        }
        if (!rules.mayPropose(old, proposer) || !rules.mayLead(old, leader))
        {
            return ControlCode.UNSAFE;
        }
        if (proposer.memberId() != old.primary())
        {
            return rules.isTakeOver(proposer, old, next) ? ControlCode.OK : ControlCode.UNSAFE;
        }

        return ControlCode.OK;
    }

    private void place(final int partition)
    {
        if (!plan.get(partition).isEmpty())
        {
            final Replica first = members.get(plan.get(partition).get(0)).replica();
            assignments[partition] = assignments[partition].next(first.memberId(), List.of(first));
        }
    }

    /**
     * @return false when there is nobody to hold it, or no epoch is left.
     */
    private boolean lose(final int partition)
    {
        final Assignment old = assignments[partition];
        if (plan.get(partition).isEmpty() || old.epoch() == ControlState.MAX_EPOCH)
        {
            return false;
        }

        assignments[partition] = old.lost(members.get(plan.get(partition).get(0)).replica());
        return true;
    }
}
