package io.peregrine.node.partition.learning;

import java.util.ArrayList;
import java.util.List;

/**
 * Those of a data agent who give snapshots, as they share its time: whoever comes behind the last that did something
 * comes first, as otherwise one whose learner asks at once would leave nothing for the others until it is done, and
 * their learners would begin again for want of patience. Data agent's thread.
 */
public final class Givers
{
    private final List<SnapshotGiver> givers = new ArrayList<>();
    private int first;

    /**
     * @param giver of a partition of the agent.
     */
    public void add(final SnapshotGiver giver)
    {
        givers.add(giver);
    }

    /**
     * Send what is awaited or found no room, and end attempts of which nothing is heard.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        int work = 0;
        int at = first;
        for (int i = 0; i < givers.size(); i++)
        {
            final int done = givers.get(at).work(nowNs);
            at = at + 1 == givers.size() ? 0 : at + 1;
            first = done > 0 ? at : first;
            work += done;
        }

        return work;
    }
}
