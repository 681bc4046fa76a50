/**
 * The commands that perf adds to {@code grid}: {@code bench} and {@code demo}. Each checks its arguments, says what it
 * does on the error stream while it does it, and prints its result on the output stream.
 */
package io.peregrine.perf.command;
