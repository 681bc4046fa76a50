package io.peregrine.node.partition;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;

/**
 * What the primary of one partition goes by: the other copies, the lease, and how far it has come in making its log
 * everybody's. Data agent's thread.
 * <pre>
 *   takes the lead -> entry of the new term in the log -> committed and applied -> old leases are over -> serves
 * </pre>
 * The entry of the new term cuts off, in the logs of the others, whatever the primary does not have.
 */
final class Lead
{
    private static final long NOT_YET = Long.MAX_VALUE;

    private final Replication replication;
    private final Followers followers;
    private final TermLease lease;
    private Leases leases;
    private int minInSync = 1;
    private long reconciledAt = NOT_YET;
    private boolean haveOthersRoom = true;
    private boolean owesEntry;
    private boolean isTermNew;

    Lead(final Replication replication)
    {
        this.replication = replication;
        this.followers = new Followers(replication.rules());
        this.lease = new TermLease(replication.rules(), replication.clock());
    }

    Followers followers()
    {
        return followers;
    }

    TermLease lease()
    {
        return lease;
    }

    /**
     * Take the lead, or go on leading with another set.
     *
     * @param isNewTerm whether somebody else may have led before.
     * @param last      entry of the log.
     */
    void begin(
        final Assignment assignment,
        final int self,
        final Agents agents,
        final int leastInSync,
        final boolean isNewTerm,
        final long last,
        final long nowNs)
    {
        minInSync = leastInSync;
        followers.decide(assignment, self, agents, isNewTerm, last, nowNs);
        if (isNewTerm)
        {
            isTermNew = true;
            owesEntry = assignment.inSync().size() > 1 || last != Sequences.NONE;
            reconciledAt = owesEntry ? NOT_YET : last;
            lease.untilNs(replication.isLone() ? Leases.FOR_EVER : Leases.NONE);
        }
    }

    /**
     * @param members that an in-sync set needs before anything of this term is committed.
     */
    void leastInSync(final int members)
    {
        minInSync = members;
    }

    void end()
    {
        followers.clear();
        owesEntry = false;
        reconciledAt = NOT_YET;
        lease.untilNs(Leases.NONE);
    }

    /**
     * @return whether this is the first time that it serves in this term.
     */
    boolean beginTerm()
    {
        final boolean isFirst = isTermNew;
        isTermNew = false;
        return isFirst;
    }

    /**
     * @return whether the entry of the new term is still to be appended.
     */
    boolean owesEntry()
    {
        return owesEntry;
    }

    /**
     * @param sequence of the entry of the new term.
     */
    void onEntry(final long sequence)
    {
        owesEntry = false;
        reconciledAt = sequence;
    }

    boolean isReconciled(final long applied)
    {
        return applied >= reconciledAt;
    }

    /**
     * Who is to be added may lead as soon as that is decided, so its lease is needed before the proposal leaves.
     */
    void onProposed(final Change change)
    {
        followers.onProposed(change, replication.clock().nanoTime());
        if (leases != null)
        {
            refreshLease(leases);
        }
    }

    void refreshLease(final Leases of)
    {
        leases = of;
        lease.untilNs(replication.isLone() ? Leases.FOR_EVER : followers.leaseUntilNs(leases));
        haveOthersRoom = followers.haveRoom(of);
    }

    /**
     * @return whether every other copy that has to keep an entry has memory for more, as its node said last.
     */
    boolean haveOthersRoom()
    {
        return haveOthersRoom;
    }

    /**
     * Asked after what is answered was read or became known.
     *
     * @return whether nobody else can have led until now.
     */
    boolean mayAnswer()
    {
        return lease.holds();
    }

    boolean hasQuorum()
    {
        return followers.inSync() >= minInSync;
    }

    /**
     * Where there are not copies enough, what was there before this term is made everybody's nevertheless: without that
     * nobody could be taken in. What callers wait for is not committed then.
     */
    long committed(final long last)
    {
        final long committed = followers.committed(last);
        return hasQuorum() ? committed : ofFormerTerms(committed);
    }

    private long ofFormerTerms(final long committed)
    {
        return reconciledAt == NOT_YET ? Sequences.NONE : Math.min(committed, reconciledAt);
    }

    /**
     * @return a member that entries have been waiting for too long, or {@link Assignment#NO_MEMBER}.
     */
    int laggard(final long last, final long nowNs)
    {
        for (final Follower follower : followers.all())
        {
            if (rules().countsForCommit(follower.standing) && follower.matched < last &&
                nowNs - follower.progressNs >= replication.settings().ackTimeoutNs())
            {
                return follower.memberId();
            }
        }

        return Assignment.NO_MEMBER;
    }

    private Rules rules()
    {
        return replication.rules();
    }
}
