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

    /**
     * Have a node leave: its copies are made elsewhere, and then it has nothing any more. Decided at once, and done
     * when {@link NodeStatus.MemberStatus#inSync()} is 0.
     *
     * @param member number of it.
     * @param life   of it that is meant; another one is not touched.
     * @return what became of the order.
     */
    OrderResult leave(int member, long life);

    /**
     * Have a partition begin empty, because nobody who has it will come back. Done only where nobody can be serving it.
     *
     * @param partition number of it.
     * @param epoch     that it has; where that has changed meanwhile nothing is done.
     * @return what became of the order.
     */
    OrderResult acceptLoss(int partition, long epoch);

    /**
     * Answer for it that a life of a node that is absent has ended. Where it has not, two may serve one partition.
     *
     * @param member number of it.
     * @param life   of it that is meant.
     * @return what became of the order.
     */
    OrderResult declareDead(int member, long life);

    /**
     * What became of an order.
     *
     * @param ruling of those who decide.
     * @param reason why it is not done, in words; empty where it is.
     */
    record OrderResult(Ruling ruling, String reason)
    {
        /**
         * @return whether it is decided, or was so already.
         */
        public boolean isDone()
        {
            return ruling == Ruling.DONE;
        }
    }

    /**
     * What became of an order.
     */
    enum Ruling
    {
        /**
         * It is decided, or was so already.
         */
        DONE,
        /**
         * It is not done.
         */
        REFUSED,
        /**
         * Those who decide did not answer: it may be decided yet.
         */
        UNKNOWN
    }
}
