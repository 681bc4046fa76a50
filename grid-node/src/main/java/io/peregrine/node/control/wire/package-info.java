/**
 * The control plane's state, commands and answers as bytes. Encoding takes any value; decoding takes any bytes, and
 * gives a whole value within the limits of the control plane or says that there is none. Pure; any thread, one at a
 * time.
 */
package io.peregrine.node.control.wire;
