package io.peregrine.client;

/**
 * What operators ask of a grid. For any number of threads; each call waits for its answer at most for the time of a
 * call, also where the node that it is for is silent.
 */
public interface GridOperations
{
    /**
     * The node that the grid is reached by, or that is embedded here.
     */
    int HERE = -1;

    /**
     * What one node says of itself.
     *
     * @param member number of it, as {@link NodeStatus#members()} has it, or {@link #HERE}.
     * @return a copy.
     * @throws GridException where it does not answer.
     */
    NodeStatus node(int member);

    /**
     * What one node knows of the partitions of the grid.
     *
     * @param member number of it, or {@link #HERE}.
     * @param agents data agents that it has, as it says itself.
     * @return a copy; its parts are of about the same moment, not of one.
     * @throws GridException where it does not answer.
     */
    PartitionsStatus partitions(int member, int agents);
}
