/**
 * The command line: finds its commands by {@link java.util.ServiceLoader}, so that modules above this one add theirs
 * without an arrow back. Runs on the main thread of a process of its own; the commands here read what nodes show of
 * themselves, and never talk to one.
 */
package io.peregrine.node.command;
