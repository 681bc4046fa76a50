/**
 * Tests of the public API against an embedded node, among them suites that nobody here wrote.
 */
package io.peregrine.node.api;
