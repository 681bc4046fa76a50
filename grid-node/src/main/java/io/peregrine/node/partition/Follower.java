package io.peregrine.node.partition;

import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.Rules;

/**
 * What the primary of a partition knows of one other copy, in one term of its own. Data agent's thread.
 */
final class Follower
{
    /**
     * It has not said yet how far its log is the same.
     */
    static final long UNKNOWN = -1;

    private static final int SHORT_PAUSES = 8;

    final Replica replica;
    final int agent;
    Rules.Standing standing;
    /**
     * Sequence of the last entry that its log is known to have, as the primary's has it.
     */
    long matched = UNKNOWN;
    /**
     * Sequence of the last entry that it was sent; while nothing is known of it, of the entry that it is asked about.
     */
    long sent;
    /**
     * Attempt by which it learns, or learned: while it is not in sync, what it acknowledges in others does not count.
     */
    int attempt;
    /**
     * Epoch in which it last acknowledged anything.
     */
    int heardEpoch;
    /**
     * Sequence up to which it says that it has applied entries.
     */
    long applied = UNKNOWN;
    /**
     * When it was last sent something.
     */
    long sentNs;
    /**
     * Epoch under which it was last sent something, and when that was for the first time.
     */
    private int sentEpoch;
    private long sentEpochNs;
    /**
     * When it was last begun with anew because it lacked something.
     */
    private long wentBackNs = Long.MIN_VALUE / 2;
    /**
     * When it last acknowledged more than before, or had nothing to acknowledge.
     */
    long progressNs;

    Follower(final Replica replica, final int agent, final Rules.Standing standing, final long nowNs)
    {
        this.replica = replica;
        this.agent = agent;
        this.standing = standing;
        this.progressNs = nowNs;
        askAtOnce();
    }

    int memberId()
    {
        return replica.memberId();
    }

    /**
     * @return whether it is not in the set that was decided.
     */
    boolean isOutside()
    {
        return standing == Rules.Standing.LEARNER || standing == Rules.Standing.ADDITION_PROPOSED;
    }

    boolean isKnown()
    {
        return matched != UNKNOWN;
    }

    /**
     * @return whether that is more than was known.
     */
    boolean onHave(final long sequence, final long nowNs)
    {
        if (sequence <= matched)
        {
            return false;
        }

        matched = sequence;
        sent = Math.max(sent, sequence);
        progressNs = nowNs;
        return true;
    }

    /**
     * It is sent something now.
     */
    void onSent(final int epoch, final long nowNs)
    {
        sentEpochNs = sentEpoch == epoch ? sentEpochNs : nowNs;
        sentEpoch = epoch;
        sentNs = nowNs;
    }

    /**
     * Who has not heard of an epoch yet drops what comes under it, and will have heard of it a moment later.
     *
     * @return after which it is told again what it has not acknowledged: while it has said nothing under this epoch a
     *         part of the usual pause at first, then as long again as it has been told under it.
     */
    long pauseNs(final int epoch, final long usualNs, final long nowNs)
    {
        return heardEpoch == epoch || sentEpoch != epoch ?
            usualNs : Math.max(usualNs / SHORT_PAUSES, Math.min(usualNs, nowNs - sentEpochNs));
    }

    /**
     * It lacks what it was asked about.
     *
     * @param sequence that the primary has and the follower may have, below what was asked.
     */
    void onMissing(final long sequence)
    {
        if (isKnown())
        {
            sent = matched;
        }
        else if (sequence < sent)
        {
            sent = sequence;
        }
        askAtOnce();
    }

    /**
     * Many messages may miss what one lost: it is begun with anew once for all of them.
     */
    boolean mayGoBack(final long nowNs, final long pauseNs)
    {
        if (nowNs - wentBackNs < pauseNs)
        {
            return false;
        }

        wentBackNs = nowNs;
        return true;
    }

    private void askAtOnce()
    {
        sentNs = Long.MIN_VALUE / 2;
    }

    /**
     * Nothing is known of it, and it is asked whether it has an entry.
     */
    void ask(final long sequence)
    {
        matched = UNKNOWN;
        sent = sequence;
    }
}
