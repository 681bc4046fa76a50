/**
 * How the copies of a partition on several nodes stay one: leases between nodes, what is proposed to the control plane
 * and when, the rules that acknowledgement, serving and take-over stand on. Pure: messages, decisions and time come in
 * as arguments, messages and proposals go out by interfaces.
 */
package io.peregrine.node.replication;
