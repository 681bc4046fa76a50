package io.peregrine.transport.guard;

/**
 * Which streams may come in: those of clients, which have to ask for one in return where this is a node's driver, and
 * those of other nodes, known by their ids.
 *
 * @param maxTermLength  bytes of the longest term of a client.
 * @param mustAskAnswers whether only streams are let in that ask for one in return, but for those of other nodes.
 * @param firstPeer      lowest id of streams of other nodes.
 * @param peers          ids from there on; 0 for none.
 * @param maxPeerTerm    bytes of the longest term of another node.
 */
public record StreamRules(int maxTermLength, boolean mustAskAnswers, int firstPeer, int peers, int maxPeerTerm)
{
    /**
     * @param maxTermLength bytes of the longest term.
     * @return where nobody has to ask for anything.
     */
    public static StreamRules of(final int maxTermLength)
    {
        return new StreamRules(maxTermLength, false, 0, 0, 0);
    }

    boolean isPeer(final int streamId)
    {
        return streamId - firstPeer >= 0 && streamId - firstPeer < peers;
    }

    boolean allows(final int streamId, final int termLength, final boolean asksAnswers)
    {
        return isPeer(streamId) ?
            termLength <= maxPeerTerm : termLength <= maxTermLength && (asksAnswers || !mustAskAnswers);
    }
}
