/**
 * What the copies of partitions hold, as nodes of other processes say it. Pure; any thread.
 */
package io.peregrine.perf.copies;
