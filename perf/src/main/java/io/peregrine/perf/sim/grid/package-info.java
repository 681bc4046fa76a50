/**
 * A grid in virtual time: machines whose nodes start, work, stand still and die, the real data plane and the real state
 * of the control plane inside them, and the host that decides.
 */
package io.peregrine.perf.sim.grid;
