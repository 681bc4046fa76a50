/**
 * What must hold in a simulated grid after every step, and when its faults are over.
 */
package io.peregrine.perf.sim.check;
