package io.peregrine.client.remote;

import java.util.HashMap;
import java.util.Map;

/**
 * The sessions of one partition as the store of a node keeps them: the same verdicts, none of its limits.
 */
final class FakeSessions
{
    enum Verdict
    {
        NEW, REPEATED, FORGOTTEN, SEEN, OUT_OF_ORDER, NO_SESSION
    }

    static final class Session
    {
        final Map<Long, byte[]> results = new HashMap<>();
        private long seen;
        private long lastApplied;
    }

    final Map<Long, Session> byId = new HashMap<>();
    private long lastId;

    long open(final long base)
    {
        lastId = Math.max(lastId, base) + 1;
        byId.put(lastId, new Session());
        return lastId;
    }

    Verdict classify(final long sessionId, final long number, final long lowestUnanswered)
    {
        final Session session = byId.get(sessionId);
        if (session == null)
        {
            return Verdict.NO_SESSION;
        }
        if (number <= session.lastApplied)
        {
            return session.results.containsKey(number) ? Verdict.REPEATED : Verdict.FORGOTTEN;
        }
        if (number <= session.seen)
        {
            return Verdict.SEEN;
        }
        if (number > Math.max(Math.max(session.lastApplied, session.seen), lowestUnanswered - 1) + 1)
        {
            return Verdict.OUT_OF_ORDER;
        }
        session.seen = number;
        return Verdict.NEW;
    }

    void applied(final long sessionId, final long number, final long lowestUnanswered, final byte[] result)
    {
        final Session session = byId.get(sessionId);
        session.results.keySet().removeIf((old) -> old < Math.min(lowestUnanswered, number));
        session.results.put(number, result);
        session.lastApplied = number;
    }

    /**
     * Another term begins: nothing is known of what was refused before.
     */
    void leadAnew()
    {
        byId.values().forEach((session) -> session.seen = session.lastApplied);
    }

    byte[] result(final long sessionId, final long number)
    {
        return byId.get(sessionId).results.get(number);
    }
}
