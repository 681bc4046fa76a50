/**
 * The off-heap store on its own, driven by its writer thread: what an overwrite and an insert cost, what entries weigh,
 * and whether it grows without a pause.
 */
package io.peregrine.perf.store;
