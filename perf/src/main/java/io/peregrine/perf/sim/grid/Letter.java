package io.peregrine.perf.sim.grid;

/**
 * A request of a client.
 *
 * @param partition that it is for.
 * @param bytes     of the message.
 */
public record Letter(int partition, byte[] bytes)
{
}
