/**
 * A tour of the grid that checks what it shows: of a grid of processes, or of a node embedded here. Runs on one thread,
 * beside those of callers that write while nodes come and go.
 */
package io.peregrine.perf.demo;
