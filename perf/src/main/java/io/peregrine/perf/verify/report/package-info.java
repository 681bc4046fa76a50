/**
 * What a run came to: losses that the grid reported, outages, the verdict, and how all of it is printed. Pure.
 */
package io.peregrine.perf.verify.report;
