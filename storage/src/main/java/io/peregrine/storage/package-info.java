/**
 * The memory of one partition. Single writer, no network, no clock of its own: time comes in as an argument.
 */
package io.peregrine.storage;
