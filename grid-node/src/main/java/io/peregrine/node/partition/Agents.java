package io.peregrine.node.partition;

/**
 * Which data agent of another node has a partition.
 */
@FunctionalInterface
interface Agents
{
    /**
     * @param memberId of the node.
     * @return number of its agent.
     */
    int of(int memberId);
}
