/**
 * What a node shows of itself: a mapped file with its name, pid, activity, counters and distinct errors, which another
 * process reads while the node runs, hangs or is dead. Counters may be written by any thread; the file is created and
 * closed by the thread that launches the node. Imports the JDK, Agrona and
 * {@link io.peregrine.transport.process}.
 */
package io.peregrine.transport.monitor;
