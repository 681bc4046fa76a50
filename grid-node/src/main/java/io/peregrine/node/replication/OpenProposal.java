package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.Replica;

import java.util.ArrayList;
import java.util.List;

/**
 * What this agent has proposed of one partition under the epoch that it knows, until another epoch is seen. Nothing
 * that was proposed is taken back before: it may be under way. Data agent's thread.
 */
final class OpenProposal
{
    private static final int MAX_DOUBLINGS = 4;

    private final List<Replica> additions = new ArrayList<>();
    private Change change;
    private long epoch = -1;
    private int submissions;
    private long submittedNs;
    private long silentSinceNs = Leases.NONE;
    private boolean isTakeOver;

    /**
     * @param assignment that is known now.
     * @return whether it is another one than before.
     */
    boolean follow(final Assignment assignment)
    {
        if (assignment.epoch() == epoch)
        {
            return false;
        }

        epoch = assignment.epoch();
        change = null;
        additions.clear();
        silentSinceNs = Leases.NONE;
        isTakeOver = false;
        return true;
    }

    /**
     * @param wish that is to be proposed, of this epoch.
     * @return whether it is another one than was proposed last.
     */
    boolean isNew(final Change wish)
    {
        return !wish.equals(change);
    }

    void open(final Change wish, final Assignment decided, final int self)
    {
        change = wish;
        submissions = 0;
        isTakeOver |= decided.primary() != self;
        for (final Replica replica : wish.inSync())
        {
            if (!decided.inSync().contains(replica) && !additions.contains(replica))
            {
                additions.add(replica);
            }
        }
    }

    /**
     * @param resubmitNs between the first submission and the second; the pauses double, up to a bound.
     * @param nowNs      of the node's monotonic clock.
     * @return whether it is time to submit it, again or for the first time.
     */
    boolean isDue(final long resubmitNs, final long nowNs)
    {
        final int doublings = Math.min(submissions - 1, MAX_DOUBLINGS);
        return submissions == 0 || nowNs - submittedNs >= resubmitNs << doublings;
    }

    void onSubmitted(final long nowNs)
    {
        submissions++;
        submittedNs = nowNs;
    }

    /**
     * The way to the control plane is there again.
     */
    void hurry()
    {
        submissions = Math.min(submissions, 1);
    }

    /**
     * @return what was proposed last, or null.
     */
    Change change()
    {
        return change;
    }

    /**
     * @return whether the lead was asked for, and how that ended is not known.
     */
    boolean isTakeOver()
    {
        return isTakeOver;
    }

    /**
     * @return replicas whose addition was proposed, and may be decided.
     */
    List<Replica> additions()
    {
        return additions;
    }

    /**
     * @return how long the primary has been silent.
     */
    long silentNs(final boolean isSilent, final long nowNs)
    {
        if (!isSilent)
        {
            silentSinceNs = Leases.NONE;
            return 0;
        }
        if (silentSinceNs == Leases.NONE)
        {
            silentSinceNs = nowNs;
        }

        return nowNs - silentSinceNs;
    }
}
