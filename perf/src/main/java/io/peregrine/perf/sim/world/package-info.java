/**
 * What a simulated grid stands on: virtual time and its events, clocks that drift, a network that misbehaves, the trace
 * of what happened. Single-threaded, and the same for the same seed.
 */
package io.peregrine.perf.sim.world;
