/**
 * What a person watching sees: progress on a terminal, plain lines in a log. Owned by the thread that prints.
 */
package io.peregrine.perf.terminal;
