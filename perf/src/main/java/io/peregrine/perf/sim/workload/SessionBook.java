package io.peregrine.perf.sim.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * A client's session in one partition, and its requests that have no answer.
 */
final class SessionBook
{
    final List<Asking> unanswered = new ArrayList<>();
    long id;
    long nextNumber = 1;
    Asking opening;

    boolean isOpen()
    {
        return id != 0;
    }

    void opened(final long sessionId)
    {
        id = sessionId;
        nextNumber = 1;
        opening = null;
    }

    /**
     * The session has ended; another is opened when nothing of it is without an answer.
     */
    void ended(final long sessionId)
    {
        if (id == sessionId)
        {
            id = 0;
        }
    }

    void number(final Asking asking)
    {
        asking.sessionId = id;
        asking.number = nextNumber++;
        unanswered.add(asking);
    }

    void forget(final Asking asking)
    {
        unanswered.remove(asking);
    }

    long lowestUnanswered()
    {
        long lowest = Long.MAX_VALUE;
        for (final Asking asking : unanswered)
        {
            lowest = Math.min(lowest, asking.number);
        }
        return lowest;
    }
}
