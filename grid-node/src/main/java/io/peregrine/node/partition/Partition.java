package io.peregrine.node.partition;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.PartitionFacts;
import io.peregrine.node.replication.Replication;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

import java.util.List;

/**
 * One partition at this member: its copy, and what this member is to it.
 * <pre>
 *   claim -> encode at buffer(), offset() -> append      in the log of the primary
 *   every member that counts has it                      committed
 *   store.apply -> outcomes -> reply                     in the order of the log, while the lease holds
 * </pre>
 * Where the set has one member an entry is committed and applied before append returns. Owned by the data agent's
 * thread, except {@link #term()}.
 */
public final class Partition extends Copy implements PartitionFacts
{
    private final Replication replication;
    private final Lead lead;
    private final Follow follow = new Follow();
    private final GrantWaits waits = new GrantWaits();
    private final IntArrayList unsent;
    private Learning learning;
    private Assignment assignment = Assignment.UNPLACED;
    private List<Integer> plan = List.of();
    private Role role = Role.NONE;
    private boolean isUnsent;
    private long staleEpoch;
    private long origin;
    private volatile ServingTerm term;

    /**
     * @param unsent receives the partition when entries or a commit are to be sent to others.
     */
    Partition(
        final int id,
        final AgentMemory memory,
        final Replication replication,
        final Outcomes outcomes,
        final IntArrayList unsent,
        final Tally tally)
    {
        super(id, memory, replication.rules(), outcomes, tally);
        this.replication = replication;
        this.unsent = unsent;
        this.lead = new Lead(replication);
    }

    @Override
    public int id()
    {
        return id;
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

    /**
     * @return under which this member serves, or null while it does not. Any thread.
     */
    public ServingTerm term()
    {
        return term;
    }

    /**
     * @return what this member is to the partition.
     */
    public Role role()
    {
        return role;
    }

    /**
     * Before anything else.
     */
    void learning(final Learning newLearning)
    {
        learning = newLearning;
    }

    Learning learning()
    {
        return learning;
    }

    Lead lead()
    {
        return lead;
    }

    Follow follow()
    {
        return follow;
    }

    GrantWaits waits()
    {
        return waits;
    }

    int epoch()
    {
        return (int) assignment.epoch();
    }

    long origin()
    {
        return origin;
    }

    boolean isServing()
    {
        return term != null;
    }

    @Override
    boolean isLeading()
    {
        return role == Role.LEADING;
    }

    /**
     * Take what was decided; what this member is by it comes next.
     */
    void decided(final Assignment newAssignment, final List<Integer> newPlan)
    {
        assignment = newAssignment;
        plan = newPlan;
        if (newAssignment.epoch() >= staleEpoch)
        {
            staleEpoch = 0;
        }
    }

    /**
     * A later epoch was seen than is known here: nothing is served until what was decided has come.
     */
    void onLaterEpoch(final int epoch)
    {
        staleEpoch = Math.max(staleEpoch, epoch);
        term = null;
    }

    /**
     * @return whether what was decided is behind what others know.
     */
    boolean isStale()
    {
        return staleEpoch != 0;
    }

    /**
     * Lead, in the set that was decided. Partition time goes on from the last that was seen here, so that nothing ends
     * early. The last primary may have answered by a later time: so the clock alone lets nobody say that something is
     * over, but an entry does that all copies have, as those of this log.
     *
     * @param isNewTerm whether somebody else may have led before.
     * @param heardTime partition time that the last primary is known to have reached.
     */
    void takeLead(
        final int self,
        final Agents agents,
        final int minInSync,
        final boolean isNewTerm,
        final long heardTime,
        final long nowNs)
    {
        role = Role.LEADING;
        term = null;
        log().epoch(replication.rules().numbersUnder(epoch(), log().last()));
        lead.begin(assignment, self, agents, minInSync, isNewTerm, log().last(), nowNs);
        if (isNewTerm)
        {
            learning.giver().cease();
            learning.giver().lead();
            origin = Math.max(lastTime(), heardTime) + 1 - nowNs;
        }
    }

    /**
     * Serve, if all is there that it takes: what was in the log is committed and applied, nobody can think that he
     * leads, no later epoch is known.
     *
     * @return whether it began to.
     */
    boolean serveIfReady(final long nowNs)
    {
        if (term != null || !isLeading() || isStale() ||
            !replication.rules().mayServe(lead.isReconciled(log().applied()), waits.areOver(nowNs)))
        {
            return false;
        }

        if (lead.beginTerm())
        {
            store().sessions().beginTerm(store().time());
        }
        term = new ServingTerm(epoch(), origin, store().maps(), replication.isLone() ? null : lead.lease());
        return true;
    }

    /**
     * Follow the primary that was decided.
     */
    void beginToFollow()
    {
        role = Role.FOLLOWING;
        follow.begin(log().committed());
    }

    /**
     * Give up the lead, to whoever is decided to have it now.
     */
    void cease(final Replies replies)
    {
        term = null;
        learning.giver().cease();
        lead.end();
        own.clear();
        role = Role.NONE;
        dismiss(replies, assignment);
    }

    /**
     * This copy is not one of those that count any more.
     */
    void leave()
    {
        role = Role.NONE;
        follow.begin(log().committed());
    }

    /**
     * Forget what this copy held.
     */
    void reset()
    {
        role = Role.NONE;
        learning.learner().stop();
        clear();
    }

    /**
     * @return whether entries of the primary are taken.
     */
    boolean takesLog()
    {
        return role == Role.FOLLOWING || role == Role.NONE && learning.learner().takesLog();
    }

    @Override
    boolean load(final DirectBuffer buffer, final int offset, final int length)
    {
        return learning.learner().apply(buffer, offset, length);
    }

    @Override
    boolean isLoading()
    {
        return learning.learner().isLoading();
    }

    /**
     * A new copy begins here.
     *
     * @param store    with the first chunk of a snapshot.
     * @param sequence after which the log begins.
     */
    void beginCopy(final PartitionStore store, final long sequence)
    {
        replace(store, sequence);
        follow.begin(sequence);
    }

    /**
     * @return whether another request may be taken: the queue of those under way has room, there are copies enough, and
     *         numbers are left.
     */
    boolean hasRoom()
    {
        return !waiting.isFull() && lead.hasQuorum() && log().nextSequence() != Sequences.NONE;
    }

    long time(final long nowNs)
    {
        return Math.max(store().time(), nowNs + origin);
    }

    @Override
    void append(final int length)
    {
        keep(length);
        onUnsent();
        advance();
    }

    void onUnsent()
    {
        if (lead.followers().all().length > 0 && !isUnsent)
        {
            isUnsent = true;
            unsent.addInt(id());
        }
    }

    void onSent()
    {
        isUnsent = false;
    }

    /**
     * As primary: commit what all have that count, and apply and answer it while the lease holds.
     */
    void advance()
    {
        final long last = log().last();
        commit(lead.committed(last));
        if (log().committed() > log().applied() && !isStale() && lead.mayAnswer())
        {
            applyCommitted();
        }

        trim(lead.followers().neededBeyond(last));
    }

    /**
     * As follower: the primary says what is committed, of what this copy has in common with it.
     */
    void onCommitted(final long sequence)
    {
        commit(sequence);
        applyCommitted();
        trim(log().applied());
    }

    @Override
    public boolean isReconciled()
    {
        return isLeading() && !isStale() && lead.isReconciled(log().applied());
    }

    @Override
    public int laggard(final long nowNs)
    {
        return isLeading() ? lead.laggard(log().last(), nowNs) : Assignment.NO_MEMBER;
    }

    @Override
    public boolean isCaughtUp(final Replica replica)
    {
        final Follower follower = lead.followers().find(replica.memberId());
        if (follower == null || !follower.replica.equals(replica) || !follower.isOutside())
        {
            return false;
        }

        return replication.rules().isCaughtUp(
            learning.giver().isWhole(replica.memberId()) && follower.heardEpoch == epoch(),
            behind(follower),
            replication.settings().caughtUpEntries());
    }

    /**
     * What is committed before a member counts was acknowledged without it, so it has to have all of that when it is
     * proposed: what comes later waits for it.
     */
    private long behind(final Follower follower)
    {
        return follower.matched < log().committed() ?
            Long.MAX_VALUE : Sequences.counter(log().last()) - Sequences.counter(follower.matched);
    }

    @Override
    public void onProposed(final Change change)
    {
        lead.onProposed(change);
    }
}
