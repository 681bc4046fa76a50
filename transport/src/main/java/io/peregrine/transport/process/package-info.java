/**
 * What a process needs of its machine before a node can start: JVM flags, a directory to itself, shared memory. Called
 * once, by the launching thread; every refusal is a {@link io.peregrine.transport.process.StartupException} that says
 * what to do. Imports the JDK and Agrona only.
 */
package io.peregrine.transport.process;
