package io.peregrine.node.partition;

/**
 * What every entry begins with. A field of the data agent's partitions, filled for each entry anew.
 */
final class Stamp
{
    long sequence;
    long time;
    long sessionId;
    long requestNumber;
    long lowestUnanswered;

    /**
     * The entry is not a session's request.
     */
    Stamp set(final long newSequence, final long newTime)
    {
        sequence = newSequence;
        time = newTime;
        sessionId = 0;
        requestNumber = 0;
        lowestUnanswered = 0;
        return this;
    }

    /**
     * The entry is a request, of a session if its number is not 0.
     */
    Stamp request(final RequestId id)
    {
        return request(id.sessionId, id.number, id.lowestUnanswered);
    }

    Stamp request(final long newSessionId, final long newRequestNumber, final long newLowestUnanswered)
    {
        sessionId = newSessionId;
        requestNumber = newRequestNumber;
        lowestUnanswered = newLowestUnanswered;
        return this;
    }
}
