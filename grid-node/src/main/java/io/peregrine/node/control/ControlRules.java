package io.peregrine.node.control;

/**
 * Every question that the safety of the control plane's decisions hangs on, each as one small method. Its answers
 * depend on nothing but the arguments, so that all hosts decide alike.
 * <p>
 * Not final, and with instance methods, for the tests that plant faults.
 */
public class ControlRules
{
    /**
     * @param expected epoch of a proposal.
     * @param actual   epoch of the partition.
     * @return whether the proposal is of what is there: of two racing ones the second is not.
     */
    public boolean isExpected(final long expected, final long actual)
    {
        return expected == actual;
    }

    /**
     * @param old      what was decided last.
     * @param proposer of a change.
     * @return whether it has a say in this partition.
     */
    public boolean mayPropose(final Assignment old, final Replica proposer)
    {
        return old.inSync().contains(proposer);
    }

    /**
     * @param old    what was decided last.
     * @param leader that is to lead.
     * @return whether it has every acknowledged entry: only a replica that was in sync, in that same life, does.
     */
    public boolean mayLead(final Assignment old, final Replica leader)
    {
        return old.inSync().contains(leader);
    }

    /**
     * @param proposer of a change, not the primary.
     * @param old      what was decided last.
     * @param next     what is to be.
     * @return whether it only takes the lead, from a primary that it puts out. It cannot know who else has every entry
     *         under way, so it takes nobody in.
     */
    public boolean isTakeOver(final Replica proposer, final Assignment old, final Assignment next)
    {
        return next.primary() == proposer.memberId() && next.replicaOn(old.primary()) == null &&
            old.inSync().containsAll(next.inSync());
    }

    /**
     * A member that began another life stays in the sets of its former one until somebody decides who holds the
     * partition: were it put out when it returns, the order in which members return would decide what is kept.
     *
     * @param returned members of a set that have begun another life since.
     * @param size     of the set.
     * @return whether what the set held is gone for certain. A node begins another life only when its process of the
     *         life before has ended.
     */
    public boolean isLost(final int returned, final int size)
    {
        return returned == size;
    }

    /**
     * Members of a set keep each other from serving when they should not, without the control plane; a member that is
     * alone in its set needs a lease from here.
     *
     * @param hasCurrent   whether a member of the set may still live the life in which it was in sync.
     * @param isAlone      whether the set has one member.
     * @param aloneUntilNs grid time until which that one may serve.
     * @param timeNs       grid time.
     * @return whether nobody can be serving.
     */
    public boolean mayAcceptLoss(
        final boolean hasCurrent, final boolean isAlone, final long aloneUntilNs, final long timeNs)
    {
        return !hasCurrent || isAlone && aloneUntilNs <= timeNs;
    }
}
