/**
 * The control plane on Aeron Cluster: its host on the seeds, and every node's way to it. Apart from the data plane: a
 * media driver, a directory and threads of its own, which sleep when there is nothing to do. {@code HostCore},
 * {@code GridTime}, {@code ViewFollower} and {@code Standing} have the rules and are pure.
 */
package io.peregrine.node.cluster;
