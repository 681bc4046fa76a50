package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.client.codec.TableRequestEncoder;
import io.peregrine.transport.link.LinkConnection;
import java.util.Arrays;

/**
 * Where a lane's requests go: its ways to data agents, by the table that all lanes share. The lane's thread.
 * <p>
 * A lane goes by one table until it takes the next one into use; then everything unanswered of a partition that is led
 * elsewhere is sent again there, in order and with the same numbers, and nothing of it before that. Whatever tells that
 * a request is not done where it was sent, and whatever does not answer, makes the lane ask for a newer table, and hold
 * the partition back for a while that grows with each time in a row: nodes that send it in a circle are not asked
 * faster than that.
 */
final class LaneWays
{
    private static final int DOUBLINGS = 5;
    private static final int SUSPICION = 5;
    private static final Way[] NONE = {};
    /**
     * Whether anything gave reason to ask for a newer table.
     */
    boolean wantsTable;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TableRequestEncoder request = new TableRequestEncoder();
    private final Way nowhere;
    private final LaneCore core;
    private final LaneIds ids;
    private final Retained requests;
    private final LaneSessions sessions;
    private final LaneCopies copies;
    private final Tables tables;
    private final LaneSettings settings;
    private Table table;
    private Way[] byPlace = NONE;
    private Way[] all = NONE;
    private int lastAsked;

    LaneWays(final LaneCore core, final LaneIds ids, final Tables tables)
    {
        this.core = core;
        this.ids = ids;
        this.tables = tables;
        settings = core.settings();
        requests = core.requests();
        sessions = core.sessions();
        table = tables.table();
        copies = new LaneCopies(core, this, tables);
        nowhere = new Way(Table.NOWHERE, settings.tag());
    }

    /**
     * All that there are; another array once that changes.
     */
    Way[] all()
    {
        return all;
    }

    /**
     * @return one that is never ready where nobody is known to lead.
     */
    Way of(final int partition)
    {
        final int place = table.place(partition);
        return place == Table.NOWHERE ? nowhere : at(place);
    }

    /**
     * Where a request was sent, or is to be sent.
     */
    Way ofSlot(final int slot)
    {
        return copies.isSentTo(slot) ? at(requests.copies[slot]) : of(requests.partitions[slot]);
    }

    /**
     * Where to send a request now.
     */
    Way toSend(final int slot)
    {
        final Way copy = copies.toSend(slot, table);
        return copy == null ? of(requests.partitions[slot]) : copy;
    }

    /**
     * Has the grid more than one member?
     */
    boolean isOfSeveral()
    {
        return table.isOfSeveral();
    }

    Way at(final int place)
    {
        if (place < byPlace.length && byPlace[place] != null)
        {
            return byPlace[place];
        }
        final Way way = new Way(place, settings.tag());
        byPlace = Arrays.copyOf(byPlace, Math.max(byPlace.length, place + 1));
        byPlace[place] = way;
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = way;
        return way;
    }

    /**
     * Take a connection into use, once.
     */
    void onConnection(final int place, final LinkConnection connection)
    {
        if (connection == null || at(place).isBy(connection))
        {
            return;
        }
        tables.onConnection(place, connection);
        adopt();
        final Way way = at(place);
        way.connect(connection, table.gridId);
        core.sending().forgetReopening();
        sessions.onLost((partition) -> of(partition) == way);
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            if (ofSlot(requests.slot(id)) == way)
            {
                core.sendAgain(id);
            }
        }
    }

    /**
     * Take a newer table into use, and see which connections are lost.
     */
    void look()
    {
        adopt();
        for (final Way way : all)
        {
            if (way.isLost())
            {
                wantsTable |= table.leads(way.place);
                copies.onLost(way);
            }
        }
    }

    /**
     * A request cannot be sent as its way is not ready.
     */
    void onNotReady(final Way way)
    {
        wantsTable = true;
        if (way != nowhere && !way.isWanted)
        {
            way.isWanted = true;
            tables.want(way.place);
        }
    }

    /**
     * Is a request of a partition not to be sent now? Nobody waits for who leads but to ask the same.
     */
    boolean isHeld(final int slot, final PartitionSession session)
    {
        return !copies.isSentTo(slot) && isHeld(session);
    }

    private boolean isHeld(final PartitionSession session)
    {
        return session.holds > 0 && core.nowNs() - session.heldUntilNs < 0;
    }

    /**
     * Ask for the table if anything gave reason to, or if that was long ago.
     *
     * @param waitingNs how long the oldest request has been without an answer since it was sent last.
     */
    void ask(final long waitingNs)
    {
        final boolean suspicious = waitingNs >= settings.askAgainNs() / SUSPICION;
        final long now = core.nowNs();
        if (!requests.isEmpty() && (tables.mayRefresh(now) || (wantsTable || suspicious) && tables.mayAsk(now)))
        {
            final Way suspect =
                suspicious && !wantsTable ? of(requests.partitions[requests.slot(requests.oldestDueId())]) : null;
            wantsTable = false;
            final Way way = next(suspect);
            if (way != null)
            {
                ask(way, 0);
            }
            else if (table.isOfSeveral())
            {
                tables.seek();
            }
        }
    }

    /**
     * A node says that a request is not done there.
     *
     * @param by   the way by which it says so.
     * @param id   of the request, if it is one of the caller's that is without an answer; or 0.
     * @param said what it says.
     */
    void onRedirect(final Way by, final long id, final RedirectDecoder said)
    {
        final int partition = said.partition();
        if (partition >= 0 && partition < table.partitions())
        {
            onNotServed(by, partition, id, said.kind() == AnswerKind.REFUSED,
                tables.learn(by.gridId(), partition, said.epoch(), said.primary()));
        }
    }

    /**
     * A request is not done where it was sent.
     *
     * @param surelyNot whether what was sent is in no log.
     * @param news      whether it is known now who leads instead.
     */
    void onNotServed(
        final Way by, final int partition, final long id, final boolean surelyNot, final boolean news)
    {
        final PartitionSession session = sessions.of(partition);
        if (id != 0)
        {
            final int slot = requests.slot(id);
            if (copies.isSentTo(slot))
            {
                copies.onCannotTell(by, id, slot);
                return;
            }
            if (of(partition) == by && requests.states[slot] == Retained.SENT)
            {
                pullBack(partition);
            }
            if (surelyNot && requests.sends[slot] == 1)
            {
                requests.noCopies(slot);
            }
        }
        if (of(partition) == by && !isHeld(session))
        {
            hold(session, news);
        }
    }

    /**
     * A node told the table, or a part of it.
     */
    void onTable(final Way by, final TableReplyDecoder reply)
    {
        tables.learn(by.gridId(), reply);
        final int next = reply.next();
        if (next > 0 && next < table.partitions() && by.isReady())
        {
            ask(by, next);
        }
    }

    private void hold(final PartitionSession session, final boolean news)
    {
        if (!news)
        {
            wantsTable = true;
            final long pauseNs = settings.pauseNs() << Math.min(session.holds, DOUBLINGS);
            session.heldUntilNs = core.nowNs() + pauseNs / 2 + tables.chance(pauseNs);
            session.holds++;
        }
    }

    private void pullBack(final int partition)
    {
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            if (requests.partitions[requests.slot(id)] == partition)
            {
                core.sendAgain(id);
            }
        }
    }

    private Way next(final Way suspect)
    {
        for (int i = 0; i < all.length; i++)
        {
            lastAsked = (lastAsked + 1) % all.length;
            if (all[lastAsked].isReady() && all[lastAsked] != suspect)
            {
                return all[lastAsked];
            }
        }
        return null;
    }

    private void ask(final Way way, final int from)
    {
        final int at = way.tryClaim(0, MessageHeaderEncoder.ENCODED_LENGTH + TableRequestEncoder.BLOCK_LENGTH);
        if (at >= 0)
        {
            request.wrapAndApplyHeader(way.buffer(), at, header)
                .correlationId(ids.own(LaneIds.TABLE, from))
                .known(table.version)
                .from(from)
                .reserved1(0);
            way.commit();
        }
    }

    private void adopt()
    {
        final Table before = table;
        final Table next = tables.table();
        if (next == before)
        {
            return;
        }
        table = next;
        wantsTable = false;
        for (final Way way : all)
        {
            way.isWanted = false;
            way.lead(next.gridId);
        }
        if (before.founded && before.gridId != next.gridId)
        {
            onOtherGrid();
        }
        else
        {
            onMoved(before);
        }
    }

    /**
     * What was given under the numbers of the former grid means nothing in this one.
     */
    private void onOtherGrid()
    {
        sessions.onOtherGrid();
        core.sending().forgetReopening();
        for (final Way way : all)
        {
            way.cancel();
        }
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            final int slot = requests.slot(id);
            final int state = requests.states[slot];
            if (state != Retained.SENT && state != Retained.UNSENT)
            {
                continue;
            }
            if (requests.sends[slot] > 0 && requests.kinds[slot] == RequestKind.WRITE)
            {
                core.finish(id, AnswerKind.UNKNOWN, Reason.ANSWER_LOST);
            }
            else if (requests.kinds[slot] == RequestKind.DESTROY)
            {
                core.finish(id, null, null);
            }
            else
            {
                sessions.of(requests.partitions[slot]).forget(requests, slot);
                core.sendAgain(id);
            }
        }
    }

    private void onMoved(final Table before)
    {
        sessions.onLost((partition) -> before.place(partition) != table.place(partition));
        core.sending().forgetReopening();
        for (final Way way : all)
        {
            if (way.sending != 0 && ofSlot(requests.slot(way.sending)) != way)
            {
                way.cancel();
            }
        }
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            final int partition = requests.partitions[requests.slot(id)];
            if (before.place(partition) != table.place(partition))
            {
                core.sendAgain(id);
            }
        }
        sessions.onNewEpochs(before, table);
    }
}
