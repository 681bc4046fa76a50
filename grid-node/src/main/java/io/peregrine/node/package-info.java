/**
 * A node of the grid: its control plane, its partitions and the agents that drive them.
 */
package io.peregrine.node;
