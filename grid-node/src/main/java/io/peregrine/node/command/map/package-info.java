/**
 * The command {@code grid map}: operations on one map of a grid that is reached from outside. One thread.
 */
package io.peregrine.node.command.map;
