/**
 * The command {@code grid lock}: operations on one lock of a grid that is reached from outside. One thread.
 */
package io.peregrine.node.command.lock;
