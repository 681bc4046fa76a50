/**
 * The floor of a remote map: messages of the same lengths to another process and back by Aeron alone, with the same
 * kind of driver, invoked by the working thread, and the same idle strategy.
 */
package io.peregrine.perf.echo;
