/**
 * Clients of a simulated grid that take locks and permits and wait at latches, and what is promised to them. May import
 * what all clients share from {@code perf.sim.workload}.
 */
package io.peregrine.perf.sim.line;
