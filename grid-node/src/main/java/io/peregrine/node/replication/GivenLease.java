package io.peregrine.node.replication;

/**
 * What this data agent gave one of another node, noted by this one's clock. The note is made when the beat is taken,
 * which was sent earlier, so it is never before the moment that the holder counts from.
 * <p>
 * When the holder begins another life, its former one may be alive yet. The new one is given nothing until whatever the
 * former one was given is over, so that one note tells both. Data agent's thread.
 */
final class GivenLease
{
    private final Rules rules;
    private final ReplicationSettings settings;
    private long lastGrantNs = Leases.NONE;
    private long formerGrantNs = Leases.NONE;
    private boolean isWithheld;

    GivenLease(final Rules rules, final ReplicationSettings settings)
    {
        this.rules = rules;
        this.settings = settings;
    }

    void onLife()
    {
        formerGrantNs = lastGrantNs;
    }

    /**
     * @param withheld whether somebody here has asked to replace the holder, and how that ended is not known.
     */
    void withhold(final boolean withheld)
    {
        isWithheld = withheld;
    }

    /**
     * @param heardAgoNs how long ago the holder says that it took an answer; -1 never.
     * @param isNew      whether the holder may not have had the time to hear one.
     * @param nowNs      when its beat was taken.
     * @return whether a lease is given. A holder that hears nothing does not get one, so that it counts as silent.
     */
    boolean onBeat(final long heardAgoNs, final boolean isNew, final long nowNs)
    {
        final boolean hears = heardAgoNs < 0 ? isNew : heardAgoNs <= settings.leaseNs();
        if (isWithheld || !hears || !isFormerOver(nowNs))
        {
            return false;
        }

        lastGrantNs = nowNs;
        return true;
    }

    /**
     * @return when the last lease was given, to whichever life; {@link Leases#NONE} for never.
     */
    long lastGrantNs()
    {
        return lastGrantNs;
    }

    /**
     * @return when a former life of the holder was last given a lease, {@link Leases#NONE} for never.
     */
    long formerGrantNs()
    {
        return formerGrantNs;
    }

    boolean isOver(final long nowNs)
    {
        return isOver(lastGrantNs, nowNs);
    }

    boolean isFormerOver(final long nowNs)
    {
        return isOver(formerGrantNs, nowNs);
    }

    private boolean isOver(final long grantNs, final long nowNs)
    {
        return grantNs == Leases.NONE || rules.isLeaseOver(grantNs, nowNs, settings.graceNs());
    }
}
