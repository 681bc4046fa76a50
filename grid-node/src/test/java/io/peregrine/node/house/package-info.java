/**
 * Tests of the house itself: arrows between packages, leftovers, documents that say what the code says.
 */
package io.peregrine.node.house;
