/**
 * The module as a whole: what its packages may not do.
 */
package io.peregrine.perf.house;
