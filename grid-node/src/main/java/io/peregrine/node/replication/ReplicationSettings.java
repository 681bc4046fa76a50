package io.peregrine.node.replication;

import java.util.concurrent.TimeUnit;

/**
 * The times and sizes of replication. The times are the same on every node of a grid, as leases depend on them.
 *
 * @param beatNs       between two beats to one peer.
 * @param leaseNs      that an answered beat gives, counted from when it was sent.
 * @param marginNs     that a grantor waits longer than any drift of clocks explains.
 * @param ackTimeoutNs after which a member that entries wait for, and that acknowledges none, is to leave the set.
 * @param resendNs     after which a follower that has not answered is told again.
 * @param appendBytes  of entries in one message; a single longer entry goes alone.
 * @param chunkBytes   of a piece of a snapshot.
 * @param maxLearning  snapshots that an agent takes at one time, and as many that it gives.
 * @param copyPercent  of an agent's time that may go into taking snapshots, and as much into giving them.
 * @param caughtUpEntries by which a learner's log may be behind when it is proposed for the in-sync set.
 */
public record ReplicationSettings(
    long beatNs,
    long leaseNs,
    long marginNs,
    long ackTimeoutNs,
    long resendNs,
    int appendBytes,
    int chunkBytes,
    int maxLearning,
    int copyPercent,
    int caughtUpEntries)
{
    /**
     * The most that the clocks of two nodes drift apart, as a part of the time measured: 1/64.
     */
    public static final int DRIFT = 64;

    /**
     * What callers hardly feel.
     */
    public static final int COPY_PERCENT = 5;

    /**
     * @return what suits nodes in one network.
     */
    public static ReplicationSettings defaults()
    {
        return defaults(COPY_PERCENT);
    }

    /**
     * @param copyPercent of an agent's time that may go into taking snapshots, and as much into giving them.
     * @return what suits nodes in one network otherwise.
     */
    public static ReplicationSettings defaults(final int copyPercent)
    {
        return new ReplicationSettings(
            TimeUnit.MILLISECONDS.toNanos(75),
            TimeUnit.MILLISECONDS.toNanos(400),
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MILLISECONDS.toNanos(400),
            TimeUnit.MILLISECONDS.toNanos(75),
            64 * 1024,
            16 * 1024,
            2,
            copyPercent,
            1024);
    }

    /**
     * @return how long after its last grant a grantor may take the lease for over.
     */
    public long graceNs()
    {
        return leaseNs + leaseNs / DRIFT + marginNs;
    }
}
