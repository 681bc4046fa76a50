/**
 * The benchmark rig and its scenarios.
 */
package io.peregrine.perf;
