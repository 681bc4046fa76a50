package io.peregrine.node.replication;

/**
 * Leases in a grid of one node: nobody else can lead.
 */
public final class LoneLeases implements Leases
{
    @Override
    public long leaseUntilNs(final int memberId, final int agent)
    {
        return FOR_EVER;
    }

    @Override
    public long grantOverNs(final int memberId, final int agent)
    {
        return NONE;
    }

    @Override
    public long heardNs(final int memberId, final int agent)
    {
        return NONE;
    }

    @Override
    public long room(final int memberId, final int agent)
    {
        return FOR_EVER;
    }

    @Override
    public long loneUntilNs()
    {
        return FOR_EVER;
    }
}
