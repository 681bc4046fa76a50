/**
 * The simulator: a whole grid with its clients in one thread and in virtual time, drawn from one number, so that what
 * went wrong once can be seen again.
 */
package io.peregrine.perf.sim;
