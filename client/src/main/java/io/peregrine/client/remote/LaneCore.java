package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import io.peregrine.transport.link.LinkConnection;
import org.agrona.MutableDirectBuffer;

/**
 * The rules by which one lane's requests reach the data agents, each write carried out at most once. Knows no clock and
 * no thread: time is an argument, and one thread at a time calls.
 * <p>
 * A request is kept from {@link #commit} until it is answered or abandoned. Requests of one partition are sent in the
 * order of their ids; whatever has to wait holds back all behind it in its partition. A write gets its number in the
 * partition's session when it is sent first, and keeps it: sent again by another connection, it is answered with what
 * became of it, or as unknown. It is never numbered anew unless its only copy was answered as not done.
 * <p>
 * A session is opened before the first write of a partition, and a new one only when nothing of the old one is without
 * an answer. When a connection leads to another grid's memory, writes that were sent end as unknown, and everything
 * else goes on.
 */
final class LaneCore
{
    private final LaneSettings settings;
    private final ClientRules rules;
    private final Tables tables;
    private final LaneWays ways;
    private final Retained requests;
    private final StructureIds structureIds;
    private final OwnAnswers answers;
    private final LaneSessions sessions;
    private final LaneSending sending;
    private final LaneAnswers receiving;
    private final Patience patience;
    private long pausedUntilNs;
    private long nowNs;
    private boolean paused;
    private int unsent;
    private int finished;

    LaneCore(final LaneSettings settings, final RemoteStructures structures, final Tables tables)
    {
        this(settings, structures, tables, new ClientRules());
    }

    LaneCore(
        final LaneSettings settings, final RemoteStructures structures, final Tables tables, final ClientRules rules)
    {
        this.settings = settings;
        this.rules = rules;
        this.tables = tables;
        final LaneIds ids = new LaneIds(settings.serial());
        requests = new Retained(ids.first(), settings.maxInFlight(), settings.memory());
        structureIds = new StructureIds(structures, requests);
        answers = new OwnAnswers(requests.capacity());
        sessions = new LaneSessions(settings);
        ways = new LaneWays(this, ids, tables);
        sending = new LaneSending(this, ids, structures, structureIds);
        receiving = new LaneAnswers(this, ids, sending, structures, structureIds);
        patience = new Patience(settings);
    }

    LaneSettings settings()
    {
        return settings;
    }

    ClientRules rules()
    {
        return rules;
    }

    int unsent()
    {
        return unsent;
    }

    Retained requests()
    {
        return requests;
    }

    LaneSessions sessions()
    {
        return sessions;
    }

    OwnAnswers answers()
    {
        return answers;
    }

    LaneSending sending()
    {
        return sending;
    }

    LaneWays ways()
    {
        return ways;
    }

    long nowNs()
    {
        return nowNs;
    }

    /**
     * Is there nothing to do before the next request?
     */
    boolean isEmpty()
    {
        return requests.isEmpty() && sessions.isClean();
    }

    /**
     * Room for a request.
     *
     * @return its offset in {@link #buffer()}, or {@link RequestLane#BACK_PRESSURED}.
     */
    int tryClaim(final int length)
    {
        return requests.claim(length) ?
            requests.offsets[requests.slot(requests.nextId())] : RequestLane.BACK_PRESSURED;
    }

    MutableDirectBuffer buffer()
    {
        return requests.buffer(requests.nextId());
    }

    void abort()
    {
        requests.abort();
    }

    /**
     * The claimed request is complete: send it, if nothing waits before it.
     *
     * @param now whether it may be sent now, or with the next {@link #work} only.
     */
    void commit(final int partition, final boolean now)
    {
        final int offset = requests.offsets[requests.slot(requests.nextId())];
        final long id = requests.commit(partition, RequestKind.of(buffer(), offset));
        structureIds.note(id);
        requests.mayBeOld[requests.slot(id)] = RequestKind.mayBeOld(requests.buffer(id), offset);
        if (requests.kinds[requests.slot(id)] == RequestKind.READ)
        {
            requests.addressees[requests.slot(id)] = RequestKind.addressee(requests.buffer(id), offset);
        }
        unsent++;
        if (now && unsent == 1 && !paused)
        {
            sending.sendAlone(id);
        }
    }

    /**
     * Take a connection into use, once.
     *
     * @param place of the data agent that it leads to, as tables number them.
     */
    void onConnection(final int place, final LinkConnection connection)
    {
        ways.onConnection(place, connection);
    }

    /**
     * Send what is to be sent and finds room.
     *
     * @return work done.
     */
    int work(final long now)
    {
        nowNs = now;
        if (paused && now - pausedUntilNs >= 0)
        {
            paused = false;
        }
        ways.look();
        final long end = patience.look(requests, now);
        if (end != 0)
        {
            askAgain(end);
        }
        final int work = paused || unsent == 0 && sessions.isClean() ? 0 : sending.work();
        ways.questions().ask(patience.waitingNs(requests, now));
        return work;
    }

    /**
     * Take an answer or a piece of one.
     */
    LaneAnswers receiving()
    {
        return receiving;
    }

    /**
     * Answers were dropped on the way: ask for all that have not come.
     */
    void onAnswersLost()
    {
        patience.onAnswersLost();
    }

    /**
     * An answer made no sense, and is dropped: what it may have been for is asked again, as if it had not come.
     */
    void onMalformed()
    {
        tables.onMalformed();
    }

    /**
     * Hand over the answers that the lane made itself.
     */
    int handOwn(final MessageHandler to)
    {
        int work = 0;
        for (long id = requests.oldestId(); finished > 0 && id < requests.nextId(); id++)
        {
            final int slot = requests.slot(id);
            if (requests.states[slot] == Retained.FINISHED)
            {
                complete(id);
                work++;
                answers.hand(id, slot, to);
            }
        }
        return work;
    }

    /**
     * Nobody waits for the request any more: it is not sent again.
     *
     * @return {@link RequestLane#NOT_DONE} or {@link RequestLane#GIVEN_UP}.
     */
    int abandon(final long id)
    {
        if (!requests.isKept(id))
        {
            return RequestLane.GIVEN_UP;
        }
        final int slot = requests.slot(id);
        final boolean notDone = requests.states[slot] == Retained.FINISHED ?
            answers.isNotDone(slot) : requests.sends[slot] == 0;
        complete(id);
        return notDone ? RequestLane.NOT_DONE : RequestLane.GIVEN_UP;
    }

    /**
     * The lane is closed, or its thread has nothing to do with it now and will not have: have its sessions ended.
     *
     * @param endNs when to leave them to end by themselves.
     */
    Farewell farewell(final long endNs)
    {
        final Farewell farewell = new Farewell(settings.tag(), new LaneIds(settings.serial()), tables, endNs);
        sessions.endBy(farewell);
        return farewell;
    }

    /**
     * A request is answered, or needs no answer: forget it.
     */
    void complete(final long id)
    {
        final int slot = requests.slot(id);
        leave(id, slot);
        finished -= requests.states[slot] == Retained.FINISHED ? 1 : 0;
        requests.free(id);
    }

    /**
     * The lane itself has the answer to a request.
     *
     * @param kind null when a structure that was to be destroyed is gone.
     */
    void finish(final long id, final AnswerKind kind, final Reason reason)
    {
        final int slot = requests.slot(id);
        leave(id, slot);
        requests.states[slot] = Retained.FINISHED;
        answers.note(slot, kind, reason);
        finished++;
    }

    private void leave(final long id, final int slot)
    {
        giveUpPieces(id, slot);
        if (requests.states[slot] == Retained.UNSENT)
        {
            onNoLongerUnsent(slot);
        }
        if (requests.kinds[slot] == RequestKind.WRITE)
        {
            sessions.of(requests.partitions[slot]).forget(requests, slot);
        }
    }

    /**
     * Of a request that is in the middle of being sent, nothing more is sent.
     */
    void giveUpPieces(final long id, final int slot)
    {
        final Way way = ways.ofSlot(slot);
        if (way.sending == id)
        {
            way.cancel();
        }
    }

    /**
     * All of a request was sent.
     */
    void onSent(final long id)
    {
        final int slot = requests.slot(id);
        onNoLongerUnsent(slot);
        requests.states[slot] = Retained.SENT;
        requests.sends[slot]++;
    }

    private void onNoLongerUnsent(final int slot)
    {
        unsent--;
        if (requests.again[slot])
        {
            requests.again[slot] = false;
            sessions.of(requests.partitions[slot]).resending--;
        }
    }

    /**
     * A request that was sent is to be sent again.
     */
    void sendAgain(final long id)
    {
        final int slot = requests.slot(id);
        if (requests.states[slot] == Retained.SENT)
        {
            requests.states[slot] = Retained.UNSENT;
            unsent++;
            if (requests.kinds[slot] == RequestKind.WRITE)
            {
                requests.again[slot] = true;
                sessions.of(requests.partitions[slot]).resending++;
            }
        }
    }

    /**
     * The only copy of a write was answered as not done: it is as if it had never been sent.
     */
    void sendAnew(final long id)
    {
        final int slot = requests.slot(id);
        sendAgain(id);
        giveUpPieces(id, slot);
        sessions.of(requests.partitions[slot]).forget(requests, slot);
        requests.noCopies(slot);
    }

    void pause()
    {
        paused = true;
        pausedUntilNs = nowNs + settings.pauseNs();
    }

    private void askAgain(final long end)
    {
        sessions.askAgain(nowNs);
        sending.forgetReopening();
        for (long id = requests.oldestId(); id < end; id++)
        {
            sendAgain(id);
        }
    }
}
