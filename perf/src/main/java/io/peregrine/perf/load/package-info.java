/**
 * What the benchmarks read and write: keys and values, and the random order in which they are used, all decided before
 * anything is measured. Immutable once built; any thread may read it. Imports Agrona only.
 */
package io.peregrine.perf.load;
