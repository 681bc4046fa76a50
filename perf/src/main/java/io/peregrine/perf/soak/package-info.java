/**
 * Hours in minutes: a node in a process of its own under the load of clients of which some stay and some come and go,
 * watched from outside for whatever grows. The thread that runs it prints.
 */
package io.peregrine.perf.soak;
