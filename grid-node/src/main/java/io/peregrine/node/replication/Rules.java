package io.peregrine.node.replication;

/**
 * Every question that the safety of replication hangs on, each as one small method, so that a reader finds them in one
 * place and a test can plant the wrong answer to each and see it found out.
 * <p>
 * <b>What they keep together.</b> A write that was acknowledged is never lost while one member of the in-sync set
 * lives, and all callers see one order of events. Three facts carry this:
 * <ol>
 * <li>An entry is committed only when every member that could lead next has it. The set changes by decision of the
 * control plane alone; until a decision is seen, a member that may have been added is needed, and one that may have
 * been removed is needed still ({@link #countsForCommit}).</li>
 * <li>At any time at most one member serves. A primary serves while it holds a lease from each other member of the set.
 * The lease counts from the moment that the question was sent ({@link #leaseEnd}), so it ends before the grantor
 * thinks so, and the grantor waits for that and for the drift of the clocks ({@link #isLeaseOver}) before it asks to
 * replace the holder, and, should it lead then, before it serves ({@link #mayServe}). An answer given under a later
 * state of the control plane than the holder knows renews nothing ({@link #renews}): otherwise a grantor that leads
 * already would prolong the term of the one before.</li>
 * <li>Logs of two members that have the same entry are the same up to it. A follower takes entries only behind the one
 * that the primary says is before them, only under the epoch of the primary that was decided ({@link #acceptsEpoch}),
 * and cuts off what differs, which was never committed. A new primary makes everybody's log its own first
 * ({@link #mayServe}).</li>
 * </ol>
 * Not final, and with instance methods, for the tests that plant faults.
 */
public class Rules
{
    /**
     * How a member stands towards the in-sync set, as the primary sees it.
     */
    public enum Standing
    {
        /**
         * In the set that was decided, as far as this member has seen.
         */
        IN_SYNC,
        /**
         * Its addition is proposed, and how that ended is not known.
         */
        ADDITION_PROPOSED,
        /**
         * In the set; its removal is proposed, and how that ended is not known.
         */
        REMOVAL_PROPOSED,
        /**
         * Takes the log, and is not in the set.
         */
        LEARNER
    }

    /**
     * @param standing of a member.
     * @return whether an entry is committed only when that member has it, and the primary serves only with its lease.
     */
    public boolean countsForCommit(final Standing standing)
    {
        return standing != Standing.LEARNER;
    }

    /**
     * @param sentAtNs  when the holder sent the beat.
     * @param heardAtNs when the holder took the answer.
     * @param leaseNs   of the settings.
     * @return when the lease ends, by the holder's clock.
     */
    public long leaseEnd(final long sentAtNs, final long heardAtNs, final long leaseNs)
    {
        return sentAtNs + leaseNs;
    }

    /**
     * @param answerVersion  version of the control plane's state that the grantor had applied.
     * @param appliedVersion that the holder has applied.
     * @return whether the answer gives a lease now; one that does not yet may when the holder has caught up.
     */
    public boolean renews(final long answerVersion, final long appliedVersion)
    {
        return answerVersion <= appliedVersion;
    }

    /**
     * @param lastGrantNs when this member last granted, by its own clock.
     * @param nowNs       by the same clock.
     * @param graceNs     of the settings.
     * @return whether the holder must know by now that it has no lease.
     */
    public boolean isLeaseOver(final long lastGrantNs, final long nowNs, final long graceNs)
    {
        return nowNs - lastGrantNs >= graceNs;
    }

    /**
     * @param isReconciled    whether every entry that this member had when it took the lead is committed.
     * @param areOthersSilent whether no other member can hold a lease that this one gave it as primary.
     * @return whether a new primary may take requests.
     */
    public boolean mayServe(final boolean isReconciled, final boolean areOthersSilent)
    {
        return isReconciled && areOthersSilent;
    }

    /**
     * Asked after a value was read and right before the answer leaves.
     *
     * @param leaseUntilNs when the first of the primary's leases ends.
     * @param nowNs        read from the clock after the value was.
     * @return whether the value was still the latest one.
     */
    public boolean stillHolds(final long leaseUntilNs, final long nowNs)
    {
        return nowNs < leaseUntilNs;
    }

    /**
     * @param messageEpoch that a primary speaks under.
     * @param ownEpoch     that this member knows.
     * @return whether its entries are taken.
     */
    public boolean acceptsEpoch(final int messageEpoch, final int ownEpoch)
    {
        return messageEpoch == ownEpoch;
    }

    /**
     * @param memberId that sends entries.
     * @param primary  of the partition, under the epoch of the message.
     * @return whether its entries are taken.
     */
    public boolean acceptsFrom(final int memberId, final int primary)
    {
        return memberId == primary;
    }

    /**
     * Applying an entry cannot fail, so the memory for it is made sure of before.
     *
     * @param worst pages that applying an entry can take.
     * @return pages that a copy keeps for it before it takes it into its log.
     */
    public int pagesKept(final int worst)
    {
        return worst;
    }

    /**
     * @param pages that a copy said to have left for entries.
     * @return whether an entry may enter the log that this copy has to keep too.
     */
    public boolean hasRoom(final long pages)
    {
        return pages > 0;
    }

    /**
     * Numbers never go back, so they begin above all that an earlier life of the partition can have given out.
     *
     * @param epoch under which a member leads from now on.
     * @param last  entry of its log, 0 if it has none.
     * @return epoch in the numbers of its entries.
     */
    public int numbersUnder(final int epoch, final long last)
    {
        return epoch;
    }

    /**
     * @param sequence  of an entry.
     * @param committed what this member knows to be committed.
     * @return whether readers may see the entry.
     */
    public boolean isApplicable(final long sequence, final long committed)
    {
        return sequence <= committed;
    }

    /**
     * @param isInLog whether the entry of a request is in the log.
     * @return whether the request may be answered as not done when its primary stops.
     */
    public boolean mayRefuse(final boolean isInLog)
    {
        return !isInLog;
    }

    /**
     * @param isServing whether this member serves the partition.
     * @return whether it decides that records and sessions are past their end.
     */
    public boolean decidesExpiry(final boolean isServing)
    {
        return isServing;
    }

    /**
     * One who waited for a lock is given it by an entry that may have been made before he last asked, and counts what
     * he is told from when he asked.
     *
     * @param end       of the lease, in partition time.
     * @param entryTime of the entry.
     * @param askedTime of the partition when he asked.
     * @return what remained of the lease when he asked; all of it where it began later.
     */
    public long remaining(final long end, final long entryTime, final long askedTime)
    {
        return end - Math.max(entryTime, askedTime);
    }

    /**
     * @param hasSnapshot whether a learner has all of the snapshot and its log is joined to it.
     * @param behind      entries that it lacks of the primary's log; {@link Long#MAX_VALUE} if one is committed.
     * @param allowed     of the settings.
     * @return whether it may be proposed for the in-sync set.
     */
    public boolean isCaughtUp(final boolean hasSnapshot, final long behind, final int allowed)
    {
        return hasSnapshot && behind <= allowed;
    }

    /**
     * @param applied   sequence of the last entry that the primary has applied, and so shows.
     * @param committed sequence of the last that it knows to be committed; it may hold back what is between them until
     *                  it has its leases again.
     * @return up to which entry a copy may apply what it has: none that the primary does not show yet.
     */
    public long toldAsCommitted(final long applied, final long committed)
    {
        return applied;
    }

    /**
     * @param askedAtNs when a replica asked for the commit position that it has applied since.
     * @param nowNs     when it reads, by the same clock.
     * @param boundNs   that the reader allows.
     * @return whether what it reads is fresh enough.
     */
    public boolean isFresh(final long askedAtNs, final long nowNs, final long boundNs)
    {
        return nowNs - askedAtNs <= boundNs;
    }
}
