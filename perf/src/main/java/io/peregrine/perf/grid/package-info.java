/**
 * Grids of several processes on this machine, and what is measured of them beside the time of calls: how long
 * partitions do not answer, what a joining node costs callers, how fast nodes start, what an idle one takes.
 */
package io.peregrine.perf.grid;
