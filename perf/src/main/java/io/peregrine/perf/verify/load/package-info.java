/**
 * What clients of a verified grid ask, drawn from a seed, and how they ask it. Choosing is pure; a client is one
 * thread.
 */
package io.peregrine.perf.verify.load;
