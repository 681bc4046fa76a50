/**
 * Several nodes in one JVM, with real streams between them, and a control plane that all of them share.
 */
package io.peregrine.node.grid;
