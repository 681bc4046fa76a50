package io.peregrine.transport;

/**
 * What a driver holds at most of streams from other nodes, which ask for none in return.
 *
 * @param firstStream lowest id of such a stream.
 * @param streams     ids from there on; 0 for none.
 * @param maxPeers    streams that may come in at one time by one id, and as many may leave.
 * @param termLength  bytes of the longest term that may come.
 */
public record PeerLimits(int firstStream, int streams, int maxPeers, int termLength)
{
    /**
     * Of a node that has no others beside it.
     */
    public static final PeerLimits NONE = new PeerLimits(0, 0, 0, 0);

    private static final int BOTH_WAYS = 2;

    /**
     * @return as many as may come and leave at one time.
     */
    long all()
    {
        return (long) BOTH_WAYS * streams * maxPeers;
    }
}
