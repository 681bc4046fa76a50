package io.peregrine.node.partition.learning;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;

import java.util.ArrayList;
import java.util.List;

/**
 * Which partitions of a data agent are to be learned, and which copies are to go: a member learns what the plan gives
 * it while it is not in sync, the partitions that lack most copies first, so many at a time. A copy that is neither
 * planned here nor in sync goes. Data agent's thread.
 */
public final class Learnings
{
    private final int maxLearning;
    private final CopyShare share;
    private final List<Item> items = new ArrayList<>();
    /**
     * Those that may have something to do until the next view: no other begins by itself.
     */
    private final List<Learner> active = new ArrayList<>();

    /**
     * @param maxLearning snapshots to take at one time.
     * @param share       of the agent's time that may go into them.
     */
    public Learnings(final int maxLearning, final CopyShare share)
    {
        this.maxLearning = maxLearning;
        this.share = share;
    }

    /**
     * Before the first view.
     *
     * @param partition of this agent.
     * @param learner   of it.
     */
    public void add(final int partition, final Learner learner)
    {
        items.add(new Item(partition, learner));
    }

    /**
     * Take what was decided. After the partitions have taken it.
     *
     * @param view  that is new.
     * @param self  this member in this life.
     * @param nowNs of the node's monotonic clock.
     */
    public void onControl(final ControlView view, final Replica self, final long nowNs)
    {
        boolean isOrdered = true;
        for (final Item item : items)
        {
            final Assignment assignment = view.assignments().get(item.partition);
            final Replica primary = assignment.replicaOn(assignment.primary());
            final Replica own = assignment.replicaOn(self.memberId());
            final boolean isPlanned = view.plan().get(item.partition).contains(self.memberId());
            final int missing = view.plan().get(item.partition).size() - assignment.inSync().size();
            isOrdered &= missing == item.missing;
            item.missing = missing;
            if (own != null && own.incarnation() == self.incarnation())
            {
                item.learner.stop();
            }
            else if (primary != null && primary.memberId() != self.memberId() && isPlanned)
            {
                item.learner.learn(primary, nowNs);
            }
            else if (primary != null)
            {
                item.learner.leave(primary, nowNs);
            }
        }

        if (!isOrdered)
        {
            items.sort((a, b) -> a.missing == b.missing ? a.partition - b.partition : b.missing - a.missing);
        }
        active.clear();
        for (final Item item : items)
        {
            if (item.learner.state() != LearnerState.IDLE)
            {
                active.add(item.learner);
            }
        }
    }

    /**
     * Let learners ask what is due.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        int underWay = 0;
        for (int i = 0; i < active.size(); i++)
        {
            underWay += active.get(i).isUnderWay() ? 1 : 0;
        }

        int work = 0;
        for (int i = 0; i < active.size(); i++)
        {
            final Learner learner = active.get(i);
            final boolean wasUnderWay = learner.isUnderWay();
            work += learner.work(nowNs, underWay < maxLearning, share.isFree(nowNs));
            underWay += (learner.isUnderWay() ? 1 : 0) - (wasUnderWay ? 1 : 0);
        }

        return work;
    }

    /**
     * @return copies that are not in sync yet and wanted here.
     */
    public int wanted()
    {
        int count = 0;
        for (int i = 0; i < items.size(); i++)
        {
            final LearnerState state = items.get(i).learner.state();
            count += state == LearnerState.IDLE || state == LearnerState.LEAVING ? 0 : 1;
        }

        return count;
    }

    private static final class Item
    {
        private final int partition;
        private final Learner learner;
        private int missing = Integer.MIN_VALUE;

        private Item(final int partition, final Learner learner)
        {
            this.partition = partition;
            this.learner = learner;
        }
    }
}
