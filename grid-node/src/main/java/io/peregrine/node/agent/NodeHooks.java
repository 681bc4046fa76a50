package io.peregrine.node.agent;

import io.peregrine.node.gateway.Gateway;
import io.peregrine.node.gateway.RequestDesk;
import io.peregrine.node.peer.Peers;

/**
 * What the data agents call of the node around them.
 */
public interface NodeHooks
{
    /**
     * @param agent number of a data agent.
     * @param desk  where the agent carries requests out.
     * @return what the agent has for clients of other processes; driven and closed by it.
     */
    Gateway gateway(int agent, RequestDesk desk);

    /**
     * @param agent number of a data agent.
     * @return its ways to other nodes, driven and closed by it; null where there can be no other.
     */
    Peers peers(int agent);

    /**
     * @return what is fixed about the node.
     */
    NodeFacts facts();

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
