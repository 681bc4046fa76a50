/**
 * The core of a partition: requests in, entries appended, committed and applied, replies out. Pure: time and numbers
 * come in as arguments, bytes in buffers; the data agent that owns the partition drives it, and so can a simulator.
 */
package io.peregrine.node.partition;
