/**
 * A tour of the grid that checks what it shows. Runs on one thread, against an embedded node.
 */
package io.peregrine.perf.demo;
