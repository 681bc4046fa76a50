/**
 * Tests of the control plane on Aeron Cluster.
 */
package io.peregrine.node.cluster;
