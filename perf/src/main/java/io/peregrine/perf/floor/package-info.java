/**
 * What the grid is measured against: the plainest thing on the same heap, threads and idle strategy that does the part
 * of the work which nobody can avoid. Each floor owns its threads.
 */
package io.peregrine.perf.floor;
