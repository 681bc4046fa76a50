package io.peregrine.node.gateway;

/**
 * What the gateway of one data agent has counted. On its thread.
 */
public final class GatewayTally
{
    long requests;
    long refused;
    long badMessages;
    long droppedPieces;
    long answersDropped;
    long answersDelayed;
    long foreignSessions;
    long waiting;
    long pieces;

    GatewayTally()
    {
    }

    /**
     * Requests that came whole.
     *
     * @return a count.
     */
    public long requests()
    {
        return requests;
    }

    /**
     * Requests refused here, before anybody looked at them.
     *
     * @return a count.
     */
    public long refused()
    {
        return refused;
    }

    /**
     * Messages that made no sense; their links were ended.
     *
     * @return a count.
     */
    public long badMessages()
    {
        return badMessages;
    }

    /**
     * Pieces of requests that were dropped: out of order, or too late for the next.
     *
     * @return a count.
     */
    public long droppedPieces()
    {
        return droppedPieces;
    }

    /**
     * Answers dropped because their client was gone.
     *
     * @return a count.
     */
    public long answersDropped()
    {
        return answersDropped;
    }

    /**
     * Answers that had to wait for room.
     *
     * @return a count.
     */
    public long answersDelayed()
    {
        return answersDelayed;
    }

    /**
     * Requests for sessions of other clients.
     *
     * @return a count.
     */
    public long foreignSessions()
    {
        return foreignSessions;
    }

    /**
     * Answers that wait for room now.
     *
     * @return bytes.
     */
    public long waiting()
    {
        return waiting;
    }

    /**
     * Requests of which a part has come.
     *
     * @return bytes that they will have.
     */
    public long pieces()
    {
        return pieces;
    }
}
