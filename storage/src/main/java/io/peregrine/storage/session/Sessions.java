package io.peregrine.storage.session;

import java.util.function.LongPredicate;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The sessions of one partition, and the results kept so that a retry gets the first answer. Data agent's thread.
 * <p>
 * A session's id is the sequence of the entry that opened it, so an id that is not here has expired. Its requests are
 * numbered from 1. Applied numbers only rise: one at or below the highest applied was carried out, or was refused
 * before it became an entry and then overtaken; neither is ever carried out again. A result is kept until a request
 * names a higher lowest unanswered number, or until the limits below ask for its room: the oldest of the partition
 * gives way. Limits are part of the replicated state's definition, equal everywhere, not settings.
 * <p>
 * Everything but {@link #classify}, {@link #due} and what they remember is replicated state: changed by entries only,
 * equal on each copy, in snapshots.
 * <p>
 * A session ends by an entry, which the primary appends when the session was not used for its timeout and its client
 * is not there either. That a client is there is known to the primary only, and makes no entries; the next primary
 * gives every session its whole timeout anew, so none ends early by a change of primary.
 */
public final class Sessions
{
    /**
     * The most sessions of a partition; asked by the primary before it appends an OpenSession entry.
     */
    public static final int MAX_SESSIONS = 2048;
    /**
     * The most results kept for one session: the window of requests that a client may have unanswered.
     */
    public static final int MAX_RESULTS = 1024;
    /**
     * The most bytes of results kept for all sessions of a partition, with 24 to 31 bytes for each of them besides.
     */
    public static final int MAX_RESULT_BYTES = 192 * 1024;
    /**
     * The longest result that is kept. A retry of a request with a longer one is answered FORGOTTEN.
     */
    public static final int MAX_RESULT_LENGTH = 64 * 1024;
    /**
     * The highest number that a request may have.
     */
    public static final long MAX_REQUEST_NUMBER = Long.MAX_VALUE / 2;

    Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    ResultStore results = new ResultStore(byId);
    private long nextEnd = Long.MAX_VALUE;
    private int resultOffset;
    private int resultLength;

    /**
     * What the primary does with a request.
     */
    public enum Verdict
    {
        /**
         * Next in its session: check it, append it.
         */
        NEW,
        /**
         * Carried out before: answer with {@link #resultBuffer()} from {@link #resultOffset()}.
         */
        REPEATED,
        /**
         * Carried out or overtaken before, and the first result is gone: the outcome is unknown.
         */
        FORGOTTEN,
        /**
         * Was NEW before on this primary, and is not applied: its entry is under way, or it was refused then.
         */
        SEEN,
        /**
         * A lower number is missing: refused, its client sends that one first.
         */
        OUT_OF_ORDER,
        /**
         * No such session: it has expired.
         */
        NO_SESSION
    }

    /**
     * Is this a number that a request of a session can have?
     *
     * @param requestNumber of the request.
     * @return false if the request is not well-formed.
     */
    public static boolean isNumber(final long requestNumber)
    {
        return requestNumber > 0 && requestNumber <= MAX_REQUEST_NUMBER;
    }

    /**
     * Decide about a request, on the state applied so far. Not replicated: asked on the primary only, before the
     * request becomes an entry. A request answered NEW counts as seen, so that the next number is in order even if this
     * one is refused for another reason and never becomes an entry; and an answer that said so stays true, for it is
     * not NEW again.
     *
     * @param sessionId        of the request.
     * @param requestNumber    a {@linkplain #isNumber number} from 1.
     * @param lowestUnanswered the lowest number that the client has no answer to.
     * @return the verdict.
     */
    public Verdict classify(final long sessionId, final long requestNumber, final long lowestUnanswered)
    {
        final Session session = byId.get(sessionId);
        if (session == null)
        {
            return Verdict.NO_SESSION;
        }
        if (session.isPast(requestNumber))
        {
            return findResult(session, requestNumber) ? Verdict.REPEATED : Verdict.FORGOTTEN;
        }
        if (requestNumber <= session.seen)
        {
            return Verdict.SEEN;
        }
        final long known = Math.max(Math.max(session.lastRequest, session.seen), lowestUnanswered - 1);
        if (requestNumber > known + 1)
        {
            return Verdict.OUT_OF_ORDER;
        }
        session.seen = requestNumber;
        return Verdict.NEW;
    }

    /**
     * A new primary begins: what {@link #classify} has seen is forgotten, what counts is what is applied; and clients
     * have their whole timeout to find it.
     *
     * @param time partition time.
     */
    public void beginTerm(final long time)
    {
        for (final Session session : byId.values())
        {
            session.seen = 0;
            session.heard = time;
        }
    }

    /**
     * Sessions open.
     *
     * @return count.
     */
    public int size()
    {
        return byId.size();
    }

    /**
     * Find a session.
     *
     * @param sessionId of it.
     * @return null if it is not open.
     */
    public Session find(final long sessionId)
    {
        return byId.get(sessionId);
    }

    /**
     * Apply: open a session.
     *
     * @param sessionId sequence of the entry.
     * @param timeout   nanoseconds without use until it ends.
     * @param time      partition time.
     */
    public void open(final long sessionId, final long timeout, final long time)
    {
        final Session session = new Session(sessionId, timeout, time);
        byId.put(sessionId, session);
        nextEnd = Math.min(nextEnd, session.end());
    }

    /**
     * Apply: end a session.
     *
     * @param sessionId of it.
     * @param lastUsed  the last use with which it was seen expired: one used since stays; -1 ends it anyhow.
     * @return false if it is not open, or stays.
     */
    public boolean close(final long sessionId, final long lastUsed)
    {
        final Session session = byId.get(sessionId);
        if (session == null || lastUsed >= 0 && lastUsed != session.lastUsed)
        {
            return false;
        }
        for (long number = session.floor; number <= session.lastRequest; number++)
        {
            results.forget(session, number);
        }
        byId.remove(sessionId);
        return true;
    }

    /**
     * Apply: a request of a session was carried out. Keeps its result and forgets answered ones.
     *
     * @param session          open, with {@code isPast(requestNumber)} false.
     * @param requestNumber    of the request.
     * @param lowestUnanswered named by it.
     * @param time             partition time.
     * @param result           buffer with the Result message.
     * @param offset           where.
     * @param length           bytes.
     */
    public void applied(
        final Session session,
        final long requestNumber,
        final long lowestUnanswered,
        final long time,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        assert !session.isPast(requestNumber) : "carried out twice";
        final long floor = Math.max(
            session.floor, Math.max(Math.min(lowestUnanswered, requestNumber), requestNumber - MAX_RESULTS + 1));
        for (long number = session.floor; number < floor && number <= session.lastRequest; number++)
        {
            results.forget(session, number);
        }
        session.floor = floor;
        session.window(requestNumber);
        session.lastRequest = requestNumber;
        session.lastUsed = time;
        if (length <= MAX_RESULT_LENGTH)
        {
            results.add(session, requestNumber, result, offset, length);
        }
    }

    /**
     * Find the result kept for a request.
     *
     * @param session       open.
     * @param requestNumber of the request.
     * @return false if there is none; else {@link #resultBuffer()} has it.
     */
    public boolean findResult(final Session session, final long requestNumber)
    {
        final int frame = session.frameOf(requestNumber);
        if (frame == ResultStore.NONE)
        {
            return false;
        }
        resultOffset = ResultStore.offset(frame);
        resultLength = results.length(frame);
        return true;
    }

    /**
     * Bytes of the results kept, as they count against {@link #MAX_RESULT_BYTES}.
     *
     * @return bytes.
     */
    public int resultBytes()
    {
        return results.live();
    }

    /**
     * Where the first result of a REPEATED request is.
     *
     * @return buffer, good until the next entry is applied.
     */
    public DirectBuffer resultBuffer()
    {
        return results.buffer();
    }

    /**
     * Where the first result of the last REPEATED request begins.
     *
     * @return offset of a Result message.
     */
    public int resultOffset()
    {
        return resultOffset;
    }

    /**
     * How long it is.
     *
     * @return bytes.
     */
    public int resultLength()
    {
        return resultLength;
    }

    /**
     * One session past its end. Those whose clients are there begin their timeout anew.
     *
     * @param now   partition time.
     * @param alive says whether the client of a session, by id, is known to be there.
     * @return its id, 0 if there is none.
     */
    public long due(final long now, final LongPredicate alive)
    {
        if (now < nextEnd)
        {
            return 0;
        }
        long earliest = Long.MAX_VALUE;
        for (final Session session : byId.values())
        {
            if (session.end() <= now)
            {
                if (!alive.test(session.id))
                {
                    return session.id;
                }
                session.heard = now;
            }
            earliest = Math.min(earliest, session.end());
        }
        nextEnd = earliest;
        return 0;
    }

    /**
     * When a session may be due next. Uses of sessions are found out about when the time has come.
     *
     * @return partition time, at or before the earliest end; {@link Long#MAX_VALUE} if there is none.
     */
    public long nextEnd()
    {
        return nextEnd;
    }

    /**
     * The last use of a session.
     *
     * @param sessionId of an open one.
     * @return partition time.
     */
    public long lastUsed(final long sessionId)
    {
        return byId.get(sessionId).lastUsed;
    }

    /**
     * A digest of sessions and kept results.
     *
     * @return 64 bits, independent of order.
     */
    public long digest()
    {
        long digest = 0;
        for (final Session session : byId.values())
        {
            long hash = Digest.mix(Digest.mix(1, session.id), session.timeout);
            hash = Digest.mix(Digest.mix(hash, session.lastUsed), session.lastRequest);
            digest += Digest.mix(hash, session.floor);
        }
        for (int frame = results.first(); frame != ResultStore.NONE; frame = results.next(frame))
        {
            final long hash = Digest.mix(Digest.mix(2, results.sessionId(frame)), results.requestNumber(frame));
            digest += Digest.mix(hash, results.buffer(), ResultStore.offset(frame), results.length(frame));
        }
        return digest;
    }

    void replace(final Sessions other)
    {
        byId = other.byId;
        results = other.results;
        nextEnd = other.nextEnd;
    }

    void restore(final Session session)
    {
        byId.put(session.id, session);
        nextEnd = Math.min(nextEnd, session.end());
    }
}
