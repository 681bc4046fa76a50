package io.peregrine.node.control;

/**
 * The lease under which a member serves a partition whose only copy it has. The member counts it from the moment it
 * asked, on its own clock; whoever takes the partition away waits longer, on the grid's clock, from the moment the
 * control plane decided.
 */
final class AloneLease
{
    /**
     * The most that two clocks drift apart, as a part of the time measured: 1/64.
     */
    private static final int DRIFT = 64;

    private static final long MARGIN_NS = 100_000_000;

    private AloneLease()
    {
    }

    /**
     * @param leaseNs of the grid's settings.
     * @return how long the grid waits.
     */
    static long grantedNs(final long leaseNs)
    {
        return leaseNs + leaseNs / DRIFT + MARGIN_NS;
    }
}
