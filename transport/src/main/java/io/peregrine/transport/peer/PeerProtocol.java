package io.peregrine.transport.peer;

/**
 * Numbers that nodes agree on.
 */
public final class PeerProtocol
{
    /**
     * Streams from one data agent to another; messages on one do not wait for those on another.
     */
    public static final int KINDS = 3;

    /**
     * Lowest id of a stream between nodes.
     */
    public static final int FIRST_STREAM = 3001;

    private PeerProtocol()
    {
    }

    /**
     * @param agent number of the data agent that takes what comes.
     * @param kind  from 0.
     * @return id of the stream.
     */
    public static int stream(final int agent, final int kind)
    {
        return FIRST_STREAM + agent * KINDS + kind;
    }
}
