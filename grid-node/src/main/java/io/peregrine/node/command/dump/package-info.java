/**
 * Files of entries, as text and as bytes, and the small files beside them that say how far somebody came. Nothing here
 * knows a grid. One thread.
 */
package io.peregrine.node.command.dump;
