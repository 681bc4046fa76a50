/**
 * Clients of a simulated grid: what they ask, how they find the primary and ask again, and the history of what they
 * were told.
 */
package io.peregrine.perf.sim.workload;
