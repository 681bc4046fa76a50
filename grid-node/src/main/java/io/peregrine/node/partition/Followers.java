package io.peregrine.node.partition;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The other copies of a partition as its primary sees them, and what follows from them: which entries are committed,
 * how long the lease holds, which entries somebody may still need. Data agent's thread.
 */
final class Followers
{
    private static final Follower[] NOBODY = new Follower[0];

    private final Rules rules;
    private Follower[] all = NOBODY;
    private int inSync = 1;

    Followers(final Rules rules)
    {
        this.rules = rules;
    }

    Follower[] all()
    {
        return all;
    }

    Follower find(final int memberId)
    {
        for (final Follower follower : all)
        {
            if (follower.memberId() == memberId)
            {
                return follower;
            }
        }

        return null;
    }

    /**
     * Take the set that was decided. Who was proposed and is not in it counts no longer, and is a learner again.
     *
     * @param assignment that was decided.
     * @param self       member that leads.
     * @param agents     by which each member's agent is found.
     * @param isNewTerm  whether nothing is known of any of them any more.
     * @param last        entry of the primary's log, from which on those are asked of whom nothing is known.
     * @param nowNs       of the node's monotonic clock.
     */
    void decide(
        final Assignment assignment,
        final int self,
        final Agents agents,
        final boolean isNewTerm,
        final long last,
        final long nowNs)
    {
        final List<Follower> next = new ArrayList<>();
        for (final Replica replica : assignment.inSync())
        {
            if (replica.memberId() != self)
            {
                final Follower known = isNewTerm ? null : find(replica.memberId());
                final Follower follower = known != null && known.replica.equals(replica) ?
                    known : newcomer(replica, agents.of(replica.memberId()), last, nowNs);
                follower.standing = Rules.Standing.IN_SYNC;
                next.add(follower);
            }
        }
        for (final Follower follower : isNewTerm ? NOBODY : all)
        {
            if (assignment.replicaOn(follower.memberId()) == null && follower.isOutside())
            {
                follower.standing = Rules.Standing.LEARNER;
                next.add(follower);
            }
        }

        all = next.toArray(NOBODY);
        inSync = assignment.inSync().size();
    }

    private static Follower newcomer(final Replica replica, final int agent, final long last, final long nowNs)
    {
        final Follower follower = new Follower(replica, agent, Rules.Standing.IN_SYNC, nowNs);
        follower.ask(last);
        return follower;
    }

    /**
     * A change is proposed, and until its outcome is seen it counts as it does where it matters.
     */
    void onProposed(final Change change, final long nowNs)
    {
        for (final Follower follower : all)
        {
            final boolean isProposed = change.inSync().contains(follower.replica);
            if (isProposed && follower.standing == Rules.Standing.LEARNER)
            {
                follower.standing = Rules.Standing.ADDITION_PROPOSED;
                follower.progressNs = nowNs;
            }
            else if (!isProposed && follower.standing == Rules.Standing.IN_SYNC)
            {
                follower.standing = Rules.Standing.REMOVAL_PROPOSED;
            }
        }
    }

    /**
     * @param replica that begins to take the log.
     * @param agent   of it.
     * @param from    sequence of the entry after which it needs the log.
     * @param attempt of it: what it acknowledges in another does not count.
     */
    void addLearner(final Replica replica, final int agent, final long from, final int attempt, final long nowNs)
    {
        final Follower learner = new Follower(replica, agent, Rules.Standing.LEARNER, nowNs);
        learner.matched = from;
        learner.sent = from;
        learner.attempt = attempt;
        final Follower[] next = Arrays.copyOf(all, all.length + 1);
        next[all.length] = learner;
        all = next;
    }

    /**
     * @return whether it was there as one that does not count.
     */
    boolean removeLearner(final int memberId)
    {
        final Follower found = find(memberId);
        if (found == null || found.standing != Rules.Standing.LEARNER)
        {
            return false;
        }

        final List<Follower> next = new ArrayList<>(List.of(all));
        next.remove(found);
        all = next.toArray(NOBODY);
        return true;
    }

    void clear()
    {
        all = NOBODY;
        inSync = 1;
    }

    /**
     * @param last entry of the primary's log.
     * @return sequence up to which every member that counts has the entries, {@link Sequences#NONE} while that is not
     *         known of one.
     */
    long committed(final long last)
    {
        long least = last;
        for (final Follower follower : all)
        {
            if (rules.countsForCommit(follower.standing))
            {
                least = Math.min(least, follower.matched);
            }
        }

        return Math.max(least, Sequences.NONE);
    }

    /**
     * @param last entry of the primary's log.
     * @return sequence up to which nobody asks for entries any more.
     */
    long neededBeyond(final long last)
    {
        long least = last;
        for (final Follower follower : all)
        {
            least = Math.min(least, follower.matched);
        }

        return Math.max(least, Sequences.NONE);
    }

    /**
     * @return when the first of the leases that the primary needs ends.
     */
    long leaseUntilNs(final Leases leases)
    {
        long until = inSync == 1 ? leases.loneUntilNs() : Leases.FOR_EVER;
        for (final Follower follower : all)
        {
            if (rules.countsForCommit(follower.standing))
            {
                until = Math.min(until, leases.leaseUntilNs(follower.memberId(), follower.agent));
            }
        }

        return until;
    }

    /**
     * @return whether every member that has to keep an entry has memory for more.
     */
    boolean haveRoom(final Leases leases)
    {
        for (final Follower follower : all)
        {
            if (rules.countsForCommit(follower.standing) &&
                !rules.hasRoom(leases.room(follower.memberId(), follower.agent)))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * @return members of the set that was decided.
     */
    int inSync()
    {
        return inSync;
    }
}
