package io.peregrine.node.replication;

/**
 * How old what a replica would read now is at most. The replica asks the primary how far the log is committed; the
 * primary answers only if it held its full lease after it had looked. Whatever was acknowledged before the question is
 * committed in the answer: so once that much is applied here, a read shows all that was acknowledged before the moment
 * of the question, and is as old as the question is. One for each partition; data agent's thread.
 * <p>
 * Answers whose entries are not applied yet wait, the earliest first, as those are reached first; of more than
 * {@link #MOST_WAITING} the last gives way to the next.
 */
public final class ReplicaPosition
{
    static final int MOST_WAITING = 8;

    private final Rules rules;
    private final long pauseNs;
    private final long[] askedAtNs = new long[MOST_WAITING];
    private final long[] committed = new long[MOST_WAITING];
    private int waiting;
    private boolean isKnown;
    private boolean hasAsked;
    private long freshNs;
    private long lastAskedNs;

    /**
     * @param rules   of replication.
     * @param pauseNs between two questions.
     */
    public ReplicaPosition(final Rules rules, final long pauseNs)
    {
        this.rules = rules;
        this.pauseNs = pauseNs;
    }

    /**
     * Another leads, or the copy is another: nothing is known.
     */
    public void reset()
    {
        waiting = 0;
        isKnown = false;
        hasAsked = false;
    }

    /**
     * Somebody wants to read here.
     *
     * @param nowNs of the node's monotonic clock.
     * @return whether to ask the primary now; then {@link #onAsked} is to follow.
     */
    public boolean isDue(final long nowNs)
    {
        return !hasAsked || nowNs - lastAskedNs >= pauseNs;
    }

    /**
     * @param nowNs when the question was sent.
     */
    public void onAsked(final long nowNs)
    {
        hasAsked = true;
        lastAskedNs = nowNs;
    }

    /**
     * The primary of the epoch that is known here answered.
     *
     * @param ofQuestionNs when the question was sent, by this node's clock.
     * @param sequence     up to which entries are committed.
     */
    public void onAnswer(final long ofQuestionNs, final long sequence)
    {
        if (waiting > 0 && ofQuestionNs - askedAtNs[waiting - 1] <= 0)
        {
            return;
        }
        if (waiting == MOST_WAITING)
        {
            waiting--;
        }

        askedAtNs[waiting] = ofQuestionNs;
        committed[waiting] = sequence;
        waiting++;
    }

    /**
     * @param applied sequence of the last entry that is applied here.
     * @param nowNs   of the node's monotonic clock, read before the value is.
     * @param boundNs that the reader allows.
     * @return whether what is read now is at most so old.
     */
    public boolean isFresh(final long applied, final long nowNs, final long boundNs)
    {
        advance(applied);
        return isKnown && rules.isFresh(freshNs, nowNs, boundNs);
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return how old what was asked about when {@link #isFresh} last said yes is at most.
     */
    public long ageNs(final long nowNs)
    {
        return nowNs - freshNs;
    }

    private void advance(final long applied)
    {
        int reached = 0;
        while (reached < waiting && committed[reached] <= applied)
        {
            if (!isKnown || askedAtNs[reached] - freshNs > 0)
            {
                isKnown = true;
                freshNs = askedAtNs[reached];
            }
            reached++;
        }
        if (reached > 0)
        {
            waiting -= reached;
            System.arraycopy(askedAtNs, reached, askedAtNs, 0, waiting);
            System.arraycopy(committed, reached, committed, 0, waiting);
        }
    }
}
