/**
 * The off-heap map under jcstress: one writer and one reader thread, with every possible outcome listed. Whatever
 * is not listed fails the build. Each class runs in a JVM of its own, bounds checks off, as in production.
 */
package io.peregrine.perf.stress;
