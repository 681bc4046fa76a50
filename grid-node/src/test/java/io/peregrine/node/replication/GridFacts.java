package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One partition at one member of a {@link Grid}.
 */
final class GridFacts implements PartitionFacts
{
    private static final long CATCH_UP_NS = 300 * Grid.MS;
    private static final long RECONCILE_NS = 20 * Grid.MS;

    private final int number;
    private final Grid grid;
    private final Grid.Node node;
    private final List<Replica> added = new ArrayList<>();
    private final long[] touchedNs;
    private Assignment assignment;
    private List<Integer> plan = List.of();
    private long leadsSinceNs;
    private long waitUntilNs = Leases.NONE;

    GridFacts(final int number, final Grid grid, final Grid.Node node)
    {
        this.grid = grid;
        this.number = number;
        this.node = node;
        this.touchedNs = new long[grid.nodes.length];
    }

    void take(final ControlView view)
    {
        final Assignment next = view.assignments().get(number);
        plan = view.plan().get(number);
        if (assignment == null || next.epoch() != assignment.epoch())
        {
            added.clear();
            if (assignment == null || next.primary() != assignment.primary() ||
                next.epoch() != assignment.epoch() + 1)
            {
                leadsSinceNs = grid.nowNs;
                Arrays.fill(touchedNs, grid.nowNs);
                noteGrants();
            }
        }
        assignment = next;
    }

    private void noteGrants()
    {
        for (int i = 0; i < grid.nodes.length; i++)
        {
            waitUntilNs = Math.max(waitUntilNs, node.pairs.grantOverNs(i, 0));
        }
    }

    void work()
    {
        for (int i = 0; i < touchedNs.length; i++)
        {
            if (!node.isInTouch(i))
            {
                touchedNs[i] = grid.nowNs;
            }
        }
    }

    /**
     * @return whether this member takes itself for the primary, holding all leases.
     */
    boolean maySeem()
    {
        if (!leads() || !isReconciled() || grid.nowNs < waitUntilNs)
        {
            return false;
        }
        long untilNs = assignment.inSync().size() == 1 ? node.pairs.loneUntilNs() : Leases.FOR_EVER;
        for (final Replica replica : assignment.inSync())
        {
            untilNs = Math.min(untilNs, leaseOf(replica));
        }
        for (final Replica replica : added)
        {
            untilNs = Math.min(untilNs, leaseOf(replica));
        }

        return grid.nowNs < untilNs;
    }

    private long leaseOf(final Replica replica)
    {
        return replica.memberId() == node.self.memberId() ?
            Leases.FOR_EVER : node.pairs.leaseUntilNs(replica.memberId(), 0);
    }

    private boolean leads()
    {
        final Replica own = assignment.replicaOn(node.self.memberId());
        return own != null && own.incarnation() == node.self.incarnation() &&
            assignment.primary() == node.self.memberId();
    }

    @Override
    public int id()
    {
        return number;
    }

    @Override
    public Assignment assignment()
    {
        return assignment;
    }

    @Override
    public List<Integer> plan()
    {
        return plan;
    }

    @Override
    public boolean isReconciled()
    {
        return leads() && grid.nowNs - leadsSinceNs >= RECONCILE_NS;
    }

    @Override
    public int laggard(final long now)
    {
        for (final Replica replica : assignment.inSync())
        {
            if (grid.isSlow[replica.memberId()] && replica.memberId() != node.self.memberId() &&
                now - leadsSinceNs > 500 * Grid.MS)
            {
                return replica.memberId();
            }
        }

        return Assignment.NO_MEMBER;
    }

    @Override
    public boolean isCaughtUp(final Replica replica)
    {
        return grid.nowNs - touchedNs[replica.memberId()] >= CATCH_UP_NS;
    }

    @Override
    public void onProposed(final Change change)
    {
        for (final Replica replica : change.inSync())
        {
            if (!assignment.inSync().contains(replica))
            {
                added.add(replica);
            }
        }
    }
}
