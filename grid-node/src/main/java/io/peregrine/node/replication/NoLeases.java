package io.peregrine.node.replication;

/**
 * Rules without the check of leases, for the test that has the verifier find out such a node. Only the command line of
 * a process can ask for them, by the system property {@value #PROPERTY}; it is no setting.
 */
public final class NoLeases extends Rules
{
    /**
     * Set to anything: the nodes of the process hold every lease for ever, and answers may be wrong.
     */
    public static final String PROPERTY = "peregrine.verify.without.leases";

    private static final long FOR_EVER_NS = 1L << 60;

    private NoLeases()
    {
    }

    /**
     * @return the rules, or these where the process was started so.
     */
    public static Rules rulesOfProcess()
    {
        return System.getProperty(PROPERTY) == null ? new Rules() : new NoLeases();
    }

    @Override
    public long leaseEnd(final long sentAtNs, final long heardAtNs, final long leaseNs)
    {
        return sentAtNs + FOR_EVER_NS;
    }

    @Override
    public boolean stillHolds(final long leaseUntilNs, final long nowNs)
    {
        return true;
    }
}
