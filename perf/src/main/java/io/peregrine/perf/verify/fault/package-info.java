/**
 * Which faults there are, when the next one is due, and whether it may begin. Pure: what the grid looks like, the time
 * and the seed come in as arguments.
 */
package io.peregrine.perf.verify.fault;
