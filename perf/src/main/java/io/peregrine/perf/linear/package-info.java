/**
 * Judges whether a history of calls could have come from one map that carried out each call at one moment between its
 * invocation and its return. Knows nothing of the grid, so that any history can be put to it.
 * <p>
 * Keys that no call connects are judged apart, as linearizability is local to objects. The search is that of Wing and
 * Gong with Lowe's memory of configurations: which calls have taken effect, and what the map then holds.
 */
package io.peregrine.perf.linear;
