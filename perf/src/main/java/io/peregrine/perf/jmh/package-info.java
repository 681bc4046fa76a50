/**
 * Microbenchmarks of pure parts, for work on those parts; what a user sees is measured by the rig.
 */
package io.peregrine.perf.jmh;
