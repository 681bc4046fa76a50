/**
 * How long it takes from the start of a JVM until an embedded node is ready. Each try is a process of its own.
 */
package io.peregrine.perf.start;
