/**
 * What goes wrong in a simulated grid: faults that begin and end, and storms of several at once.
 */
package io.peregrine.perf.sim.fault;
