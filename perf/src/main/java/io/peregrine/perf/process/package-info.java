/**
 * Processes that a benchmark starts beside its own, and what they run. None outlives the benchmark: a child ends when
 * its standard input does, which the operating system closes however the parent went.
 */
package io.peregrine.perf.process;
