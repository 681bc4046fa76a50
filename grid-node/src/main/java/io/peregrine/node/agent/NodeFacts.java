package io.peregrine.node.agent;

/**
 * What is fixed about a node from its start.
 *
 * @param name        of the node.
 * @param address     at which it is reached; empty for none.
 * @param grid        name of its grid.
 * @param gridId      of the memory that it holds.
 * @param incarnation another number after each start.
 */
public record NodeFacts(String name, String address, String grid, long gridId, long incarnation)
{
}
