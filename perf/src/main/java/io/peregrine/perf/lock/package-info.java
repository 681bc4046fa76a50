/**
 * What locks of the grid cost, measured against a put and against Redis, in processes of their own. Each side has its
 * turn on the threads of the rig; children do what they are told, line by line.
 */
package io.peregrine.perf.lock;
