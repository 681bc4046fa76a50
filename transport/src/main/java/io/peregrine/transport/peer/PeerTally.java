package io.peregrine.transport.peer;

/**
 * What was counted of the streams between nodes by one data agent, whose thread it is on.
 */
public final class PeerTally
{
    /**
     * Messages that came.
     */
    public long received;
    /**
     * Messages that were sent.
     */
    public long sent;
    /**
     * Pieces of long messages that were dropped: without a beginning, too long, or of a length that they do not say.
     */
    public long piecesDropped;
    /**
     * Streams that were turned away, as there were too many.
     */
    public long rejected;
    /**
     * Messages that found no room and have to be sent later.
     */
    public long backPressured;
    /**
     * Long messages that were begun and lost with their stream.
     */
    public long lost;
    /**
     * Streams that could not be opened; they are tried again.
     */
    public long failed;
    /**
     * Bytes of long messages that are being put together.
     */
    public long assembling;
}
