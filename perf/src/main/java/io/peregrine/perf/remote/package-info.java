/**
 * Benchmarks of a map whose node is in a process of its own, reached over UDP or through memory.
 */
package io.peregrine.perf.remote;
