/**
 * A node reached from outside, driven together with its clients by the thread of the test.
 */
package io.peregrine.node.gateway;
