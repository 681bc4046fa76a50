package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.transport.link.LinkConnection;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Where a lane's requests go: its ways to data agents, by the table that all lanes share. The lane's thread.
 * <p>
 * A lane goes by one table until it takes the next one into use; then everything unanswered of a partition that is led
 * elsewhere is sent again there, in order and with the same numbers, and nothing of it before that. Whatever tells that
 * a request is not done where it was sent makes the lane ask for a newer table, and hold the partition back for a
 * while: nodes that send it in a circle are not asked faster than {@link Pauses} allow. Whatever does not answer, and a
 * node whose sign of life is overdue, makes it ask others for a newer table as well.
 */
final class LaneWays
{
    private static final Way[] NONE = {};

    private final Way nowhere;
    private final LaneCore core;
    private final Retained requests;
    private final LaneSessions sessions;
    private final LaneCopies copies;
    private final TableQuestions questions;
    private final Tables tables;
    private final LongUnaryOperator chance;
    private Table table;
    private Way[] byPlace = NONE;
    private Way[] all = NONE;

    LaneWays(final LaneCore core, final LaneIds ids, final Tables tables)
    {
        this.core = core;
        this.tables = tables;
        chance = tables::chance;
        requests = core.requests();
        sessions = core.sessions();
        table = tables.table();
        copies = new LaneCopies(core, this, tables);
        questions = new TableQuestions(core, this, ids, tables);
        nowhere = new Way(Table.NOWHERE, core.settings().tag());
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
     * By which the lane goes now.
     */
    Table table()
    {
        return table;
    }

    TableQuestions questions()
    {
        return questions;
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
        final Way way = new Way(place, core.settings().tag());
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
                copies.onLost(way);
            }
            if ((way.isLost() || way.isQuiet()) && table.leads(way.place))
            {
                questions.want();
            }
        }
    }

    /**
     * A request cannot be sent as its way is not ready.
     */
    void onNotReady(final Way way)
    {
        questions.want();
        if (way != nowhere)
        {
            reach(way);
        }
    }

    /**
     * See to it that there is a connection.
     */
    void reach(final Way way)
    {
        if (!way.isReady() && !way.isWanted)
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
        return !session.pauses.areOver(core.nowNs());
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

    private void hold(final PartitionSession session, final boolean news)
    {
        if (!news)
        {
            questions.want();
            session.pauses.begin(core.nowNs(), chance);
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

    private void adopt()
    {
        final Table before = table;
        final Table next = tables.table();
        if (next == before)
        {
            return;
        }
        table = next;
        questions.onNews();
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
