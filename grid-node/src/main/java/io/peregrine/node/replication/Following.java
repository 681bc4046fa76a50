package io.peregrine.node.replication;

import java.util.concurrent.TimeUnit;

/**
 * Whether a peer follows the control plane. A primary that does not learn what is decided can use no lease, as they are
 * given under later versions than it knows; it is not to keep the lead for ever. Data agent's thread.
 */
final class Following
{
    /**
     * How long a peer may take until it has a version that is applied here.
     */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private long version;
    private long awaitedVersion;
    private long sinceNs;

    void reset()
    {
        version = 0;
        awaitedVersion = 0;
    }

    /**
     * @param peerVersion    that the peer says to have applied.
     * @param appliedVersion here.
     * @param nowNs          of the node's monotonic clock.
     */
    void onVersion(final long peerVersion, final long appliedVersion, final long nowNs)
    {
        version = Math.max(version, peerVersion);
        if (version >= awaitedVersion)
        {
            awaitedVersion = appliedVersion;
            sinceNs = nowNs;
        }
    }

    boolean isKeepingUp(final long nowNs)
    {
        return version >= awaitedVersion || nowNs - sinceNs < PATIENCE_NS;
    }

    /**
     * @return the latest version that the peer said to have.
     */
    long version()
    {
        return version;
    }
}
