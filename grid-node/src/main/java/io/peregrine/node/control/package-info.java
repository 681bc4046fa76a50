/**
 * Who owns what: a small deterministic state machine, the same on a lone node and on every seed, and its in-process
 * host. Pure but for the host's lock: no socket, no clock, no thread of its own.
 */
package io.peregrine.node.control;
