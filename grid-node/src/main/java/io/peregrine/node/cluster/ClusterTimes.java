package io.peregrine.node.cluster;

import java.util.concurrent.TimeUnit;

/**
 * How long things take on the control plane, in nanoseconds, and how much room; the same on all nodes.
 *
 * @param heartbeatNs     how often a leader is heard.
 * @param leaderSilenceNs after how long without a word another leader is looked for.
 * @param electionNs      how long a vote may take.
 * @param canvassNs       how long a seed that starts waits for all others before a majority is enough.
 * @param sessionNs       after how long without a word a node is not heard any more.
 * @param foundNs         how long a new control plane listens for nodes that remember a grid before it founds one.
 * @param snapshotNs      how often a snapshot is taken.
 * @param snapshotBytes   after how much of the log a snapshot is taken.
 * @param roomBytes       without so much of its disk free a seed does not begin to take part.
 */
record ClusterTimes(
    long heartbeatNs,
    long leaderSilenceNs,
    long electionNs,
    long canvassNs,
    long sessionNs,
    long foundNs,
    long snapshotNs,
    long snapshotBytes,
    long roomBytes)
{
    static final ClusterTimes USUAL = new ClusterTimes(
        TimeUnit.MILLISECONDS.toNanos(100),
        TimeUnit.MILLISECONDS.toNanos(1_000),
        TimeUnit.MILLISECONDS.toNanos(300),
        TimeUnit.MILLISECONDS.toNanos(3_000),
        TimeUnit.MILLISECONDS.toNanos(4_000),
        TimeUnit.MILLISECONDS.toNanos(500),
        TimeUnit.MINUTES.toNanos(10),
        8L << 20,
        32L << 20);
}
