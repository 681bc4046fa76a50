/**
 * Benchmarks of a map through the API of the grid, with an embedded node. Each driving thread has a handle of its own.
 */
package io.peregrine.perf.map;
