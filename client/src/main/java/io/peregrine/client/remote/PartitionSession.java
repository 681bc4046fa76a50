package io.peregrine.client.remote;

/**
 * A lane's session in the log of one partition, and the requests of it that have no answer, oldest first. The lane's
 * thread.
 */
final class PartitionSession
{
    static final int NO_SLOT = -1;

    /**
     * Who is going to serve takes over from what is decided in a shorter time than it takes to decide; and with each
     * request all that are behind it are sent.
     */
    private static final int PART = 8;

    enum State
    {
        /**
         * There is none, or it has ended.
         */
        NONE,
        /**
         * Asked for.
         */
        OPENING,
        /**
         * Open, as far as is known.
         */
        OPEN
    }

    final int partition;
    State state = State.NONE;
    long id;
    long nextNumber;
    long askedNs;

    /**
     * The round of sending in which something of the partition had to wait, so that all behind it waits too.
     */
    long heldRound;

    /**
     * Between requests that are sent where the partition is not served.
     */
    final Pauses pauses;

    /**
     * Writes that were sent before and are to be sent again.
     */
    int resending;
    private int oldest = NO_SLOT;
    private int newest = NO_SLOT;

    /**
     * @param pauseNs the least pause after the partition was not served.
     */
    PartitionSession(final int partition, final long pauseNs)
    {
        this.partition = partition;
        pauses = new Pauses(pauseNs, PART);
    }

    void opened(final long sessionId)
    {
        state = State.OPEN;
        id = sessionId;
        nextNumber = 1;
    }

    boolean isIdle()
    {
        return oldest == NO_SLOT;
    }

    /**
     * Give a request its number.
     */
    void number(final Retained requests, final int slot)
    {
        requests.sessionIds[slot] = id;
        requests.numbers[slot] = nextNumber++;
        requests.previous[slot] = newest;
        requests.next[slot] = NO_SLOT;
        if (newest == NO_SLOT)
        {
            oldest = slot;
        }
        else
        {
            requests.next[newest] = slot;
        }
        newest = slot;
    }

    /**
     * A request is answered, given up, or loses its number.
     */
    void forget(final Retained requests, final int slot)
    {
        if (requests.numbers[slot] == 0)
        {
            return;
        }
        final int before = requests.previous[slot];
        final int after = requests.next[slot];
        if (before == NO_SLOT)
        {
            oldest = after;
        }
        else
        {
            requests.next[before] = after;
        }
        if (after == NO_SLOT)
        {
            newest = before;
        }
        else
        {
            requests.previous[after] = before;
        }
        requests.numbers[slot] = 0;
    }

    /**
     * The id of the oldest request that is numbered and has no answer.
     */
    long oldestId(final Retained requests)
    {
        return requests.id(oldest);
    }

    long lowestUnanswered(final Retained requests)
    {
        return requests.numbers[oldest];
    }
}
