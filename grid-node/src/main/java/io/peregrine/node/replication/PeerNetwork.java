package io.peregrine.node.replication;

/**
 * The ways to the data agents of other nodes. Data agent's thread.
 */
@FunctionalInterface
public interface PeerNetwork
{
    /**
     * @param memberId of another node.
     * @param agent    of that node.
     * @return the way there, which may lead nowhere now.
     */
    PeerSink sinkTo(int memberId, int agent);
}
