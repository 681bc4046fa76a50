/**
 * The rig that every benchmark runs on: load loops, rounds in which subject and floor alternate, the hiccup meter
 * beside them, the verdict and the report. The driving threads own their {@link io.peregrine.perf.rig.Lane}s; all else
 * runs on the thread that started the measurement. Knows nothing of a grid: imports Agrona and HdrHistogram only.
 */
package io.peregrine.perf.rig;
