package io.peregrine.node;

/**
 * The life of a node, in this order.
 */
public enum NodeState
{
    /**
     * Being made; takes no requests yet.
     */
    STARTING,

    /**
     * Takes requests.
     */
    SERVING,

    /**
     * Ended by a fault. Every call fails; to close the node gives back what it holds.
     */
    FAILED,

    /**
     * Takes no new requests and answers those that came.
     */
    STOPPING,

    /**
     * Over. Every call fails.
     */
    CLOSED;

    boolean isEnding()
    {
        return this == STOPPING || this == CLOSED;
    }
}
