/**
 * Verifies a deployed grid: real processes and real faults, and a judgement of all that clients were told.
 */
package io.peregrine.perf.verify;
