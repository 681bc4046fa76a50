package io.peregrine.transport.peer;

/**
 * Sizes of the streams between nodes.
 *
 * @param maxPeers      streams of each kind that may come in at one time to one data agent.
 * @param termLength    bytes of a term of each stream, a power of two.
 * @param mtu           bytes of the longest datagram; 0 for what suits the way to each node.
 * @param maxMessage    bytes of the longest message.
 * @param maxAssembling bytes of all long messages that are put together at one time by one data agent.
 */
public record PeerSettings(int maxPeers, int termLength, int mtu, int maxMessage, long maxAssembling)
{
}
