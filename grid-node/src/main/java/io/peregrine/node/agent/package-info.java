/**
 * The data agent: one thread, or the application's own, that drives the partitions it owns; the lanes by which calling
 * threads reach it, and the memory that they read without it. Imports the partition core, the client's port, Agrona.
 */
package io.peregrine.node.agent;
