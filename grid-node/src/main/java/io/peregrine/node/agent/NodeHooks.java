package io.peregrine.node.agent;

import java.util.function.IntSupplier;

/**
 * What the data agents call of the node around them.
 */
public interface NodeHooks
{
    /**
     * @param agent number of a data agent.
     * @return what the agent drives of the network in each cycle; returns work done.
     */
    IntSupplier network(int agent);

    /**
     * About fifty times a second, on the agent's thread.
     *
     * @param agent   number of the data agent.
     * @param epochMs wall time, for what is shown only.
     */
    void onSweep(int agent, long epochMs);

    /**
     * The state of a partition can be trusted no longer and the agent ends. On the agent's thread.
     *
     * @param cause of it, or null.
     */
    void onFailure(Throwable cause);
}
